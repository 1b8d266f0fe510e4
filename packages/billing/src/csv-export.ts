import { csvText } from "@farthing/metering";
import { type ExportRow, exportColumns } from "./settlement-rows.ts";

/** A row of a settlement's export as a row of CSV. */
export function settlementCsvRow(row: ExportRow): string {
  return csvText([exportColumns.map((column) => row[column] ?? "")]);
}

/** The header of a settlement's CSV. */
export const settlementCsvHeader = csvText([exportColumns]);
