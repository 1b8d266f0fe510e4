import writeSheets, { type Row } from "write-excel-file/node";
import { type ExportColumn, type ExportRow, exportColumns } from "./settlement-rows.ts";

const widths: Readonly<Partial<Record<ExportColumn, number>>> = {
  invoice: 28,
  customer: 20,
  description: 36,
  root: 20,
};
/** Amounts have a rounded number beside them, for people who sum by hand; the text is what is exact. */
const rounded: ReadonlySet<string> = new Set<ExportColumn>(["exact", "amount"]);

/**
 * Writes a settlement as a workbook of two sheets: `Lines`, and `Totals` with the control totals.
 *
 * Every amount and quantity is text, since a spreadsheet's numbers have 15 digits; beside `exact` and `amount` stand
 * `exact_rounded` and `amount_rounded`, numbers that a SUM takes. A text is never a formula. Source: ECMA-376.
 */
export async function settlementXlsx(rows: readonly ExportRow[], totals: readonly ExportRow[]): Promise<Uint8Array> {
  const columns = exportColumns.flatMap((column) => {
    const width = { width: widths[column] ?? 14 };
    return rounded.has(column) ? [width, width] : [width];
  });
  const sheets = [
    { sheet: "Lines", data: [header, ...rows.map(cellsOf)], columns, stickyRowsCount: 1 },
    { sheet: "Totals", data: [header, ...totals.map(cellsOf)], columns, stickyRowsCount: 1 },
  ];
  return await writeSheets(sheets).toBuffer();
}

const header: Row = exportColumns
  .flatMap((column) => (rounded.has(column) ? [column, `${column}_rounded`] : [column]))
  .map((name) => ({ type: String, value: name, fontWeight: "bold" }));

function cellsOf(row: ExportRow): Row {
  return exportColumns.flatMap((column) => {
    const text = row[column];
    const cell = text === undefined || text === "" ? null : { type: String, value: cellText(text) };
    if (!rounded.has(column)) return [cell];
    return [cell, text === undefined ? null : { type: Number, value: Number(text) }];
  });
}

const longestCell = 32_767;
// What XML cannot hold, or changes as it is read.
const unwritable = /[^\t\n\u{20}-\u{7E}\u{A0}-\u{D7FF}\u{E000}-\u{FDCF}\u{FDF0}-\u{FFFC}\u{10000}-\u{10FFFF}]/gu;

/**
 * A text as a cell can hold it: characters outside XML are written `_xHHHH_`, and so is what looks like that already.
 *
 * Source: ECMA-376, ST_Xstring; a cell of Excel has 32,767 characters.
 */
function cellText(text: string): string {
  const safe = text
    .replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, "_x005F_")
    .toWellFormed()
    .replace(unwritable, (character) => `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}_`);
  return safe.length <= longestCell ? safe : `${safe.slice(0, longestCell - 1).toWellFormed()}…`;
}
