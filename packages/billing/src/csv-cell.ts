const number = /^-?\d+(\.\d+)?$/;
const formula = /^[=+\-@\t\r\n＝＋－＠]/;

/**
 * Makes a text safe as a cell of a spreadsheet: one that would be read as a formula gets an apostrophe before it, and
 * plain numbers, negative ones too, stay as they are.
 */
export function csvCell(text: string): string {
  return formula.test(text) && !number.test(text) ? `'${text}` : text;
}
