const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/**
 * Writes a number in base 62 with exactly `length` digits, dropping what lies above them.
 *
 * With 16 bits to spare above the last digit, no value of a random number is likelier than another by more than 2⁻¹⁶.
 */
export function base62(bytes: Uint8Array, length: number): string {
  let rest = bytes.reduce((number, byte) => (number << 8n) | BigInt(byte), 0n);
  let text = "";
  for (let digit = 0; digit < length; digit++) {
    text = alphabet.charAt(Number(rest % 62n)) + text;
    rest /= 62n;
  }
  return text;
}
