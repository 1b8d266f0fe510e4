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
    const code = text.charCodeAt(at);
    if (code === quote) {
      const end = stringEnd(text, at + 1);
      if (end < 0) escaped = true;
      at = Math.abs(end);
    } else if (code === colon) members++;
    else if (code === openBrace || code === openBracket) depth++;
    else if (code === closeBrace || code === closeBracket) {
      if (--depth < 0) break;
    } else if (code === minus || (code >= zero && code <= nine)) {
      const end = numberEnd(text, at);
      if (end < 0) longNumber = true;
      at = Math.abs(end) - 1;
    } else if (code === comma && depth === 0) {
      texts.push({ start, end: at, members, longNumber, escaped });
      [start, members, longNumber, escaped] = [at + 1, 0, false, false];
    }
  }
  if (texts.length > 0 || text.slice(start, at).trim() !== "")
    texts.push({ start, end: at, members, longNumber, escaped });
  return { texts, end: at };
}

/** Where the closing quote stands; negative where there was an escape before it. */
function stringEnd(text: string, from: number): number {
  let sign = 1;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) return sign * at;
    if (code === backslash) {
      at++;
      sign = -1;
    }
  }
  return sign * text.length;
}

/** Where a number ends; negative where it has more than 15 digits or an exponent, or begins with −0. */
function numberEnd(text: string, from: number): number {
  let [digits, exponent] = [0, false];
  let at = from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= zero && code <= nine) digits++;
    else if (code === lowerE || code === upperE) exponent = true;
    else if (code !== point && code !== minus && code !== plus) break;
  }
  const minusZero = text.charCodeAt(from) === minus && text.charCodeAt(from + 1) === zero;
  return digits > 15 || exponent || minusZero ? -at : at;
}

const quote = 0x22;
const plus = 0x2b;
const comma = 0x2c;
const minus = 0x2d;
const point = 0x2e;
const zero = 0x30;
const nine = 0x39;
const colon = 0x3a;
const upperE = 0x45;
const openBracket = 0x5b;
const backslash = 0x5c;
const closeBracket = 0x5d;
const lowerE = 0x65;
const openBrace = 0x7b;
const closeBrace = 0x7d;
