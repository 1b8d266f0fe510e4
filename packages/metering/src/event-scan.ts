/** What the text of one event says that its parsed value no longer does. */
export interface EventText {
  readonly start: number;
  readonly end: number;
  /** How many members all its objects have; more than were parsed where a key occurs twice. */
  readonly members: number;
  /** Some number has more than 15 digits, an exponent, or begins with −0: a double may not be what was written. */
  readonly longNumber: boolean;
  /** Some string has an escape, in well-formed text the only way to write NUL or a lone surrogate. */
  readonly escaped: boolean;
}

/** Where a scan stopped, and what it found on the way. */
export interface Scan {
  readonly texts: readonly EventText[];
  readonly end: number;
}

/**
 * Walks over the text of values with commas between them, up to a closing bracket that they did not open, to the end, or
 * until there are more than `most`.
 *
 * The text must be valid JSON, as the engine's own parser has found out by now; this looks only for what that parser drops.
 */
export function scanValues(text: string, from: number, most: number): Scan {
  const texts: EventText[] = [];
  let [start, members, depth, longNumber, escaped] = [from, 0, 0, false, false];
  let at = from;
  for (; at < text.length && texts.length <= most; at++) {
    switch (kinds[text.charCodeAt(at)]) {
      case kind.quote:
        at = stringEnd(text, at + 1);
        if (at < 0) {
          escaped = true;
          at = -at;
        }
        break;
      case kind.colon:
        members++;
        break;
      case kind.open:
        depth++;
        break;
      case kind.close:
        if (--depth < 0) return { texts: rest(texts, text, { start, end: at, members, longNumber, escaped }), end: at };
        break;
      case kind.number:
        at = numberEnd(text, at);
        if (at < 0) {
          longNumber = true;
          at = -at;
        }
        break;
      case kind.comma:
        if (depth > 0) break;
        texts.push({ start, end: at, members, longNumber, escaped });
        [start, members, longNumber, escaped] = [at + 1, 0, false, false];
    }
  }
  return { texts: rest(texts, text, { start, end: at, members, longNumber, escaped }), end: at };
}

/** Adds the last value, where there is one. */
function rest(texts: EventText[], text: string, last: EventText): readonly EventText[] {
  if (texts.length > 0 || text.slice(last.start, last.end).trim() !== "") texts.push(last);
  return texts;
}

/** Where the closing quote stands; negative where there was an escape before it. */
function stringEnd(text: string, from: number): number {
  let sign = 1;
  let at = from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) break;
    if (code !== backslash) continue;
    at++;
    sign = -1;
  }
  return sign * at;
}

/**
 * Where the last letter of a number stands; negative where it has more than 15 digits or an exponent, or begins with −0.
 */
function numberEnd(text: string, from: number): number {
  const negative = text.charCodeAt(from) === minus;
  let doubtful = negative && text.charCodeAt(from + 1) === zero;
  let digits = negative ? 0 : 1;
  let at = from + 1;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= zero && code <= nine) digits++;
    else if (code === lowerE || code === upperE) doubtful = true;
    else if (code !== point && code !== minus && code !== plus) break;
  }
  return doubtful || digits > 15 ? 1 - at : at - 1;
}

/** What the letters outside of strings that matter stand for. */
const kind = { quote: 1, colon: 2, open: 3, close: 4, comma: 5, number: 6 } as const;

const kinds = new Uint8Array(128);
for (const [letters, meaning] of [
  ['"', kind.quote],
  [":", kind.colon],
  ["{[", kind.open],
  ["}]", kind.close],
  [",", kind.comma],
  ["-0123456789", kind.number],
] as const) {
  for (const letter of letters) kinds[letter.charCodeAt(0)] = meaning;
}

const quote = 0x22;
const plus = 0x2b;
const minus = 0x2d;
const point = 0x2e;
const zero = 0x30;
const nine = 0x39;
const upperE = 0x45;
const backslash = 0x5c;
const lowerE = 0x65;
