import { stringify } from "csv-stringify/sync";

const number = /^-?\d+(\.\d+)?$/;
const formula = /^[=+\-@\t\r\n＝＋－＠]/;

/** Writes rows as CSV, each cell made safe. Source: RFC 4180. */
export function csvText(rows: readonly (readonly string[])[]): string {
  // Quoted are also lone line ends, and separators of other locales, behind which a formula could begin there.
  return stringify(
    rows.map((cells) => cells.map(csvCell)),
    { record_delimiter: "windows", quoted_match: /[;\t|'\r\n]/ },
  );
}

/**
 * Makes a text safe as a cell of a spreadsheet: one that would be read as a formula gets an apostrophe before it, and
 * plain numbers, negative ones too, stay as they are.
 */
export function csvCell(text: string): string {
  return formula.test(text) && !number.test(text) ? `'${text}` : text;
}
