/** A column of a table: its heading, and whether its cells line up on the right, as numbers do. */
export interface Column {
  readonly heading: string;
  readonly isNumber?: boolean;
}

/** Sets rows as a table of text, with two spaces between columns. A control character shows as `?`, so no cell can drive the terminal. */
export function table(columns: readonly Column[], rows: readonly (readonly (string | number | undefined)[])[]): string {
  const cells = [columns.map(({ heading }) => heading), ...rows.map((row) => columns.map((_, at) => shown(row[at])))];
  const widths = columns.map((_, at) => Math.max(...cells.map((row) => Array.from(row[at] ?? "").length)));
  const lines = cells.map((row) => row.map((cell, at) => pad(cell, widths[at] ?? 0, columns[at]?.isNumber)).join("  "));
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}

function shown(value: string | number | undefined): string {
  return String(value ?? "").replaceAll(/\p{Cc}/gu, "?");
}

function pad(cell: string, width: number, isNumber = false): string {
  const gap = " ".repeat(Math.max(0, width - Array.from(cell).length));
  return isNumber ? gap + cell : cell + gap;
}
