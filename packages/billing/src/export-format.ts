import { settlementCsvHeader, settlementCsvRow } from "./csv-export.ts";
import { settlementJournal } from "./journal-export.ts";
import { jsonLine } from "./jsonl-export.ts";
import { settlementParquet } from "./parquet-export.ts";
import type { ExportRow } from "./settlement-rows.ts";
import { settlementXlsx } from "./xlsx-export.ts";

/** A way to write a settlement. */
export interface ExportFormat {
  readonly mediaType: string;
  /** A row's share of a file, in bytes; what compresses counts as its CSV. */
  weigh(row: ExportRow): number;
  write(rows: readonly ExportRow[], totals: readonly ExportRow[]): Promise<string | Uint8Array>;
}

const csvWeight = (row: ExportRow) => Buffer.byteLength(settlementCsvRow(row));

/** The formats of a settlement, by name. */
export const exportFormats: Readonly<Record<string, ExportFormat>> = {
  csv: {
    mediaType: "text/csv; charset=utf-8",
    weigh: csvWeight,
    write: async (rows, totals) => settlementCsvHeader + [...rows, ...totals].map(settlementCsvRow).join(""),
  },
  jsonl: {
    mediaType: "application/jsonl",
    weigh: (row) => Buffer.byteLength(jsonLine(row)),
    write: async (rows, totals) => [...rows, ...totals].map(jsonLine).join(""),
  },
  journal: {
    mediaType: "text/plain; charset=utf-8",
    // The head names every account once, and an invoice's has its customer's name three times.
    weigh: (row) => 2 * Buffer.byteLength(settlementJournal([row])),
    write: async (rows) => settlementJournal(rows),
  },
  xlsx: {
    mediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    weigh: csvWeight,
    write: settlementXlsx,
  },
  parquet: {
    mediaType: "application/vnd.apache.parquet",
    weigh: csvWeight,
    write: async (rows, totals) => settlementParquet([...rows, ...totals]),
  },
};

/** The format asked for is none of those that exist. */
export interface UnknownFormat {
  readonly code: "unknown_format";
  readonly format: string;
  readonly formats: readonly string[];
  readonly detail: string;
}

/** The failure of a format that is none of these. */
export function unknownFormat(format: string, formats: readonly string[]): UnknownFormat {
  return { code: "unknown_format", format, formats, detail: `Ask for one of the formats ${formats.join(", ")}.` };
}
