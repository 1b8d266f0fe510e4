import { isList, isMembers, type Members } from "./event-data.ts";

/** No event nests deeper; deeper text is not compact as far as anyone cares. */
const maxDepth = 40;

/** A number after which a double may not be what was written: 16 digits, an exponent, or minus nought. */
const doubtful = /[:,[\s]-?(?:[\d.]{16,}|[\d.]+[eE]|(?<=-)0)/;

/**
 * Whether a text is exactly the compact JSON of the value that was parsed from it: no blanks, no escapes, no key twice, no
 * number that a double could not hold.
 *
 * Each of those makes the text longer than the shortest text of the value, and nothing makes it shorter once no number has an
 * exponent; so equal lengths are proof, at a fifth of the cost of looking at every letter.
 */
export function isCompact(text: string, value: unknown): boolean {
  if (blanks.test(text.slice(0, sample))) return false;
  return !doubtful.test(text) && compactLength(value, 0) === text.length;
}

/** Most text with blanks shows one soon, which saves the rest of the look. */
const sample = 256;
const blanks = /[:,]\s/;

function compactLength(value: unknown, depth: number): number {
  if (typeof value === "string") return value.length + 2;
  if (typeof value === "number") return numberLength(value);
  if (value === true || value === null) return 4;
  if (value === false) return 5;
  if (depth > maxDepth) return Number.NaN;
  if (isList(value)) return listLength(value, depth);
  return isMembers(value) ? objectLength(value, depth) : Number.NaN;
}

function numberLength(value: number): number {
  if (value >= 0 && value < 1000 && Number.isInteger(value)) return value < 10 ? 1 : value < 100 ? 2 : 3;
  return String(value).length;
}

function listLength(list: readonly unknown[], depth: number): number {
  let length = 1 + Math.max(list.length, 1);
  for (let i = 0; i < list.length; i++) length += compactLength(list[i], depth + 1);
  return length;
}

function objectLength(object: Members, depth: number): number {
  let [length, members] = [1, 0];
  for (const key in object) {
    members++;
    length += key.length + 4 + compactLength(object[key], depth + 1);
  }
  return members === 0 ? 2 : length;
}
