import { isCurrency, parseCustomerId, parseMerchantId, type Result } from "@farthing/money";
import * as v from "valibot";

/** A schema for text that another parser takes; its failure is told in the words given. */
function textBy<T>(parser: (text: string) => Result<T, unknown>, message: string) {
  return v.pipe(
    v.string(),
    v.rawTransform<string, T>(({ dataset, addIssue, NEVER }) => {
      const parsed = parser(dataset.value);
      if (parsed.ok) return parsed.value;
      addIssue({ message });
      return NEVER;
    }),
  );
}

const idRule = "An id has 1 to 128 characters of A-Z a-z 0-9 _ . : @ -";

/** A merchant's id. */
export const MerchantIdText = textBy(parseMerchantId, idRule);

/** A customer's id. */
export const CustomerIdText = textBy(parseCustomerId, idRule);

/** A name for people: one line of at least one character. */
export const Label = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1),
  v.maxLength(200),
  v.regex(/^\P{Cc}*$/u, "A name is one line, without control characters."),
);

/** A postal address: up to six lines. */
export const Address = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1),
  v.maxLength(500),
  v.regex(/^(?:[^\p{Cc}]*\n){0,5}[^\p{Cc}]*$/u, "An address has up to six lines, without control characters."),
);

/** A currency of ISO 4217. */
export const CurrencyText = v.pipe(v.string(), v.guard(isCurrency, "No currency of ISO 4217 has this code."));

/** The name of an IANA time zone. */
export const TimezoneText = v.pipe(v.string(), v.check(isTimezone, "No IANA time zone has this name."));

const momentShape =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])[Tt](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** A moment as the API takes it, into milliseconds since 1970; digits past them are cut. Source: RFC 3339, 5.6. */
export const MomentText = v.pipe(
  v.string(),
  v.regex(momentShape, 'A time is written as in RFC 3339, such as "2026-11-22T12:00:00Z".'),
  v.metadata({ format: "date-time" }),
  v.transform(momentOf),
  v.check((ms) => !Number.isNaN(ms), "There is no such day."),
);

/** A moment as the API answers it, from milliseconds since 1970. */
export const Moment = v.pipe(
  v.number(),
  v.transform((ms) => new Date(ms).toISOString()),
  v.string(),
  v.metadata({ format: "date-time" }),
);

/** A moment that a use case has written already. */
export const TimeText = v.pipe(v.string(), v.metadata({ format: "date-time" }));

/** An exact number in plain decimal form. */
export const DecimalText = v.pipe(v.string(), v.regex(/^-?\d+(?:\.\d+)?$/));

/** A path into an event's data, steps joined by dots. */
export const PathText = v.pipe(
  v.string(),
  v.regex(/^[^.\s]+(?:\.[^.\s]+){0,9}$/u, "A path has up to ten steps joined by dots."),
  v.maxLength(256),
);

/** A moment, or a date that stands for the end of its day in UTC; into milliseconds since 1970. */
export const ThroughText = v.union([
  MomentText,
  v.pipe(
    v.string(),
    v.regex(/^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/, "A date is written as in 2026-11-22."),
    v.transform((day) => momentOf(`${day}T00:00:00Z`) + 86_400_000),
    v.check((ms) => !Number.isNaN(ms), "There is no such day."),
  ),
]);

/** A date of the calendar, such as "2026-01-31". */
export const DateText = v.pipe(
  v.string(),
  v.regex(/^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/, "A date is written as in 2026-11-22."),
  v.check((day) => !Number.isNaN(momentOf(`${day}T00:00:00Z`)), "There is no such day."),
  v.metadata({ format: "date" }),
);

/** Whether a file that one answer does not hold comes in parts. */
export const PartsText = v.pipe(
  v.picklist(["true", "false"], "`parts` is true or false."),
  v.transform((text) => text === "true"),
);

/** `Date` takes 31 April for 1 May: a day that comes out as another does not exist. */
function momentOf(text: string): number {
  const day = text.slice(0, 10);
  const exists = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(exists.getTime()) || exists.toISOString().slice(0, 10) !== day) return Number.NaN;
  return Date.parse(text.toUpperCase());
}

function isTimezone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{1,60}$/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
