/** The form of an id that is kept as text. */
export const textForm = 0;
/** The form of an id of 32 lower-case hex digits, kept as four words. */
export const hexForm = 1;
/** The form of a lower-case UUID with its four dashes, kept as four words. */
export const uuidForm = 2;

/** The four words of the id that `classify` last found to be hex; the first digit stands highest in the first word. */
export const idWords = new Uint32Array(4);

const nibbles = new Uint8Array(128).fill(255);
for (let i = 0; i < 16; i++) nibbles["0123456789abcdef".charCodeAt(i)] = i;

/** Says which form an id has, and leaves its words in `idWords` where it is hex. */
export function classify(id: string): number {
  if (id.length === 32) return hexWords(id, 0) ? hexForm : textForm;
  if (id.length === 36 && hasDashes(id)) return hexWords(id, 1) ? uuidForm : textForm;
  return textForm;
}

function hasDashes(id: string): boolean {
  return (
    id.charCodeAt(8) === dash && id.charCodeAt(13) === dash && id.charCodeAt(18) === dash && id.charCodeAt(23) === dash
  );
}

/** Reads the words of 32 hex digits, where `dashed` is 1 past the dashes of a UUID. */
function hexWords(id: string, dashed: 0 | 1): boolean {
  const a = octet(id, 0, 4);
  const b = octet(id, 8 + dashed, 4 + dashed);
  const c = octet(id, 16 + 3 * dashed, 4 + dashed);
  const d = octet(id, 24 + 4 * dashed, 4);
  idWords[0] = a;
  idWords[1] = b;
  idWords[2] = c;
  idWords[3] = d;
  return a >= 0 && b >= 0 && c >= 0 && d >= 0;
}

/** Eight hex digits from `at`, the last four of them `skip` past the first; −1 where one is not a lower-case digit. */
function octet(id: string, at: number, skip: number): number {
  const high = quad(id, at);
  const low = quad(id, at + skip);
  return high < 0 || low < 0 ? -1 : high * 65_536 + low;
}

function quad(id: string, at: number): number {
  const a = nibbles[id.charCodeAt(at)] ?? 255;
  const b = nibbles[id.charCodeAt(at + 1)] ?? 255;
  const c = nibbles[id.charCodeAt(at + 2)] ?? 255;
  const d = nibbles[id.charCodeAt(at + 3)] ?? 255;
  return (a | b | c | d) > 15 ? -1 : (a << 12) | (b << 8) | (c << 4) | d;
}

const dash = 0x2d;
const letters = Buffer.from("0123456789abcdef", "latin1");

/** Writes the four words from `from` as 32 hex digits, or as a UUID, at `at`; returns where they end. */
export function writeHex(bytes: Uint8Array, at: number, words: Uint32Array, from: number, form: number): number {
  const dashed = form === uuidForm ? 1 : 0;
  let next = quadHex(bytes, at, (words[from] ?? 0) >>> 16);
  next = quadHex(bytes, next, (words[from] ?? 0) & 0xffff);
  for (let half = 2; half < 8; half++) {
    if (dashed === 1 && half <= 5) bytes[next++] = dash;
    const word = words[from + (half >> 1)] ?? 0;
    next = quadHex(bytes, next, half & 1 ? word & 0xffff : word >>> 16);
  }
  return next;
}

function quadHex(bytes: Uint8Array, at: number, value: number): number {
  bytes[at] = letters[value >>> 12] ?? 0;
  bytes[at + 1] = letters[(value >>> 8) & 15] ?? 0;
  bytes[at + 2] = letters[(value >>> 4) & 15] ?? 0;
  bytes[at + 3] = letters[value & 15] ?? 0;
  return at + 4;
}
