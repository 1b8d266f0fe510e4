const quote = 0x22;
const backslash = 0x5c;
const lineFeed = 0x0a;

/**
 * Whether JSON nests more levels of objects and arrays than `limit`, told from its bytes before it is parsed.
 *
 * Text that is no JSON may be judged either way. With `byLine`, each line is a text of its own.
 */
export function deeperThan(bytes: Uint8Array, limit: number, byLine = false): boolean {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === lineFeed && byLine) {
      depth = 0;
      inText = false;
    } else if (inText) {
      if (byte === backslash) at++;
      else if (byte === quote) inText = false;
    } else if (byte === quote) inText = true;
    else if (byte === 0x7b || byte === 0x5b) {
      if (++depth > limit) return true;
    } else if (byte === 0x7d || byte === 0x5d) depth--;
  }
  return false;
}
