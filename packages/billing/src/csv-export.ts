import { stringify } from "csv-stringify/sync";
import { csvCell } from "./csv-cell.ts";
import { type ExportRow, exportColumns } from "./settlement-rows.ts";

/** Writes one row of CSV. Source: RFC 4180. */
export function csvRow(cells: readonly string[]): string {
  // Quoted are also lone line ends, and separators of other locales, behind which a formula could begin there.
  return stringify([cells.map(csvCell)], { record_delimiter: "windows", quoted_match: /[;\t|'\r\n]/ });
}

/** A row of a settlement's export as a row of CSV. */
export function settlementCsvRow(row: ExportRow): string {
  return csvRow(exportColumns.map((column) => row[column] ?? ""));
}

/** The header of a settlement's CSV. */
export const settlementCsvHeader = csvRow(exportColumns);
