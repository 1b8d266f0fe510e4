import { err, type MerchantId, ok, type Result } from "@farthing/money";
import type { Line } from "./book.ts";
import { type JournalFormat, journalFormats } from "./journal-format.ts";
import { generalLines, type MergedPlace, placeOfLine } from "./ledger-lines.ts";
import type { LedgerStores } from "./post.ts";

/** The format asked for is none of those that exist. */
export interface UnknownJournalFormat {
  readonly code: "unknown_format";
  readonly format: string;
  readonly formats: readonly string[];
  readonly detail: string;
}

/** The range ends before it begins. */
export interface InvalidJournalRange {
  readonly code: "invalid_range";
  readonly detail: string;
}

/** The whole journal does not fit into one answer. */
export interface JournalTooLarge {
  readonly code: "export_too_large";
}

/** Which lines to write, and how. Units: milliseconds; `to` is not included. */
export interface JournalOrder {
  readonly merchant: MerchantId;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly format: string;
  /** As much as fits into one answer, from `after` on, instead of the whole or nothing. */
  readonly parts: boolean;
  readonly after?: string | undefined;
  readonly limitBytes?: number;
}

/** A journal's file, or a part of it; `next` is where its next part begins. */
export interface JournalFile {
  readonly name: string;
  readonly mediaType: string;
  readonly content: string;
  readonly next?: string;
}

/** With a third more for base64, under the 6 MB that a function may answer. */
const partBytes = 3_500_000;

/**
 * Writes the general ledger of a range as a journal, in order of dates. Each part is a journal that balances.
 *
 * Errors, in this order: `unknown_format`, `invalid_range`, `export_too_large`.
 */
export async function exportJournal(
  { books }: Pick<LedgerStores, "books">,
  { merchant, from, to, format: name, parts, after, limitBytes = partBytes }: JournalOrder,
): Promise<Result<JournalFile, UnknownJournalFormat | InvalidJournalRange | JournalTooLarge>> {
  const format = Object.hasOwn(journalFormats, name) ? journalFormats[name] : undefined;
  if (format === undefined) return err(unknownFormat(name));
  if (from !== undefined && to !== undefined && from >= to)
    return err({ code: "invalid_range", detail: "`to` lies after `from`." });
  const place = after === undefined ? undefined : (JSON.parse(after) as MergedPlace);
  const lines = generalLines(books, merchant, { from, before: to, after: place });
  const { taken, isAll } = await takeLines(lines, format, limitBytes);
  if (!isAll && !parts) return err({ code: "export_too_large" });
  const last = taken.at(-1);
  const next = isAll || last === undefined ? {} : { next: JSON.stringify(placeOfLine(last)) };
  const { extension, mediaType } = format;
  return ok({ name: `journal.${extension}`, mediaType, content: format.write(taken), ...next });
}

function unknownFormat(format: string): UnknownJournalFormat {
  const formats = Object.keys(journalFormats);
  return { code: "unknown_format", format, formats, detail: `Ask for one of the formats ${formats.join(", ")}.` };
}

/** Takes lines with entries while they fit, at least one. */
async function takeLines(lines: AsyncIterable<Line>, { weigh }: JournalFormat, limitBytes: number) {
  const taken: Line[] = [];
  let bytes = 0;
  for await (const line of lines) {
    if (line.entries.length === 0) continue;
    bytes += weigh(line);
    if (bytes > limitBytes && taken.length > 0) return { taken, isAll: false };
    taken.push(line);
  }
  return { taken, isAll: true };
}
