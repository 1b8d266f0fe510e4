const dayMs = 86_400_000;

/**
 * Reads a date and time of RFC 3339 with any offset, to the millisecond: further digits of the second are cut off, and a leap
 * second stands for the last millisecond before it, so that it stays in its hour.
 *
 * Units: milliseconds since 1970. Errors: undefined on anything else, also on days that no calendar has.
 * Source: RFC 3339, 5.6; lower-case `t` and `z` as its grammar allows, a blank for `t` not.
 */
export function parseTime(text: string): number | undefined {
  const day = dayOf(text);
  const minutes = pair(text, 11) * 60 + pair(text, 14);
  const second = pair(text, 17);
  const separated = text[10] === "T" || text[10] === "t";
  if (!separated || text[13] !== ":" || text[16] !== ":" || !(pair(text, 14) < 60) || !(minutes < 1440))
    return undefined;
  if (!(second <= 60)) return undefined;
  let at = 19;
  let fraction = 0;
  if (text[19] === ".") {
    at = digitsEnd(text, 20);
    if (at === 20) return undefined;
    fraction = Number(text.slice(20, Math.min(at, 23)).padEnd(3, "0"));
  }
  const offset = offsetAt(text, at);
  if (day === undefined || offset === undefined) return undefined;
  const within = second === 60 ? 59_999 : second * 1000 + fraction;
  return day * dayMs + (minutes - offset) * 60_000 + within;
}

/** Days since 1970 of the date that a text begins with. */
function dayOf(text: string): number | undefined {
  const year = pair(text, 0) * 100 + pair(text, 2);
  const month = pair(text, 5);
  const day = pair(text, 8);
  if (text[4] !== "-" || text[7] !== "-" || !(year >= 0 && month >= 1 && month <= 12 && day >= 1)) return undefined;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  if (!(day <= (month === 2 && leap ? 29 : (monthDays[month - 1] ?? 0)))) return undefined;
  return daysFromCivil(year, month, day);
}

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** Source: Howard Hinnant, "chrono-compatible low-level date algorithms", days_from_civil. */
function daysFromCivil(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The offset from UTC in minutes that ends a text. */
function offsetAt(text: string, at: number): number | undefined {
  const sign = text[at];
  if (sign === "Z" || sign === "z") return text.length === at + 1 ? 0 : undefined;
  const hours = pair(text, at + 1);
  const minutes = pair(text, at + 4);
  if (text.length !== at + 6 || text[at + 3] !== ":" || !(hours < 24) || !(minutes < 60)) return undefined;
  if (sign !== "+" && sign !== "-") return undefined;
  return (hours * 60 + minutes) * (sign === "-" ? -1 : 1);
}

/** Two digits as a number; NaN where there are no two. */
function pair(text: string, at: number): number {
  const high = text.charCodeAt(at) - zero;
  const low = text.charCodeAt(at + 1) - zero;
  return high >= 0 && high <= 9 && low >= 0 && low <= 9 ? high * 10 + low : Number.NaN;
}

function digitsEnd(text: string, from: number): number {
  let at = from;
  for (let code = text.charCodeAt(at); code >= zero && code <= nine; code = text.charCodeAt(at)) at++;
  return at;
}

const zero = 0x30;
const nine = 0x39;
