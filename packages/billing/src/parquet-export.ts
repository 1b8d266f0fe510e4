import { type ColumnSource, parquetWriteBuffer } from "hyparquet-writer";
import { type ExportColumn, type ExportRow, exportColumns } from "./settlement-rows.ts";

const times: ReadonlySet<string> = new Set<ExportColumn>(["period_from", "period_to", "sealed_at"]);
const counts: ReadonlySet<string> = new Set<ExportColumn>(["invoice_number", "invoice_events"]);

/**
 * Writes a settlement as Parquet: the rows of lines, then those of the control totals, told apart by `record`.
 *
 * Amounts and quantities are text, which holds more than the 38 digits of a Parquet decimal: `CAST(exact AS DECIMAL(38, 12))`
 * where they are fewer. Times are timestamps of milliseconds in UTC, `invoice_number` and `invoice_events` INT64. Source: parquet.apache.org.
 */
export function settlementParquet(rows: readonly ExportRow[]): Uint8Array {
  return new Uint8Array(parquetWriteBuffer({ columnData: exportColumns.map((column) => columnOf(column, rows)) }));
}

function columnOf(name: ExportColumn, rows: readonly ExportRow[]): ColumnSource {
  const cells = rows.map((row) => row[name]);
  const nullable = true;
  if (times.has(name)) return { name, nullable, type: "TIMESTAMP", data: cells.map((text) => text && new Date(text)) };
  if (counts.has(name)) return { name, nullable, type: "INT64", data: cells.map((text) => text && BigInt(text)) };
  return { name, nullable, type: "STRING", data: cells };
}
