import { csvText } from "@farthing/metering";
import { accountId } from "./account.ts";
import type { Line } from "./book.ts";
import { lineId } from "./documents.ts";
import { fullScale } from "./full-scale.ts";
import { hledgerJournal, hledgerTransaction, type JournalTransaction } from "./hledger.ts";
import { creditOf, debitOf } from "./sides.ts";

/** A way to write a journal. */
export interface JournalFormat {
  readonly extension: string;
  readonly mediaType: string;
  /** A line's share of a file, in bytes. */
  weigh(line: Line): number;
  write(lines: readonly Line[]): string;
}

const columns = [
  "id",
  "date",
  "occurred_at",
  "cause",
  "description",
  "account",
  "type",
  "currency",
  "party",
  "debit",
  "credit",
  "amount",
  "facts",
];

/** The formats of a journal, by name. */
export const journalFormats: Readonly<Record<string, JournalFormat>> = {
  csv: {
    extension: "csv",
    mediaType: "text/csv; charset=utf-8",
    weigh: (line) => Buffer.byteLength(csvText(csvRows(line))),
    write: (lines) => csvText([columns, ...lines.flatMap(csvRows)]),
  },
  hledger: {
    extension: "journal",
    mediaType: "text/plain; charset=utf-8",
    // Every account of a line may be the first of its name, and stands in the head once more.
    weigh: (line) => 2 * Buffer.byteLength(hledgerTransaction(transactionOf(line))),
    write: (lines) => hledgerJournal(lines.map(transactionOf)),
  },
};

/** A row for each entry. */
function csvRows(line: Line): readonly (readonly string[])[] {
  const { date, occurredAt, cause, description, facts, entries } = line;
  const times = [new Date(date).toISOString(), new Date(occurredAt).toISOString()];
  return entries.map(({ account, amount }) => {
    const { type, currency, party = "" } = account;
    const sides = [debitOf(amount), creditOf(amount), amount];
    const moved = [accountId(account), type, currency, party, ...sides.map(fullScale)];
    return [lineId(line), ...times, cause, description, ...moved, JSON.stringify(facts)];
  });
}

/** A line as a transaction of plain-text accounting. */
function transactionOf(line: Line): JournalTransaction {
  const { date, cause, description, facts, entries, occurredAt } = line;
  const tags = { id: lineId(line), occurred: new Date(occurredAt).toISOString(), ...facts };
  return { date, code: cause, description, tags, entries };
}
