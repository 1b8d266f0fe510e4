import { Temporal } from "temporal-polyfill";

/** The instant of the books that an address asks for: a date stands for the end of its day in a zone, a moment for itself. */
export function ledgerAt(text: string | undefined, zone: string): string | undefined {
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return text;
  try {
    const next = Temporal.PlainDate.from(text, { overflow: "reject" }).add({ days: 1 });
    return next.toZonedDateTime(zone).toInstant().toString();
  } catch {
    // A day that there is not is the API's to refuse, in its own words.
    return text;
  }
}
