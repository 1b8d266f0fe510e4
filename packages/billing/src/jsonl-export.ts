import type { ExportRow } from "./settlement-rows.ts";

/** Writes one row as a line of JSON: amounts and quantities as text, groups as an object, empty cells left out. Source: jsonlines.org. */
export function jsonLine(row: ExportRow): string {
  const { group, ...cells } = row;
  const shown = Object.entries(cells).filter(([, cell]) => cell !== "" && cell !== undefined);
  const grouped = group === undefined ? {} : { group: JSON.parse(group) };
  return `${JSON.stringify({ ...Object.fromEntries(shown), ...grouped })}\n`;
}
