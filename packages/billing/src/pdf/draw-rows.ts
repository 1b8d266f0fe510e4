import type { SheetRow } from "../invoice-sheet.ts";
import { bottom, heightOf, ink, innerWidth, type Page, paper, put, rule } from "./page.ts";

const gap = 10;
const columns = { quantity: 92, exact: 118, amount: 86 } as const;
const titleWidth = innerWidth - columns.quantity - columns.exact - columns.amount - 3 * gap;
const places = {
  quantity: paper.margin + titleWidth + gap,
  exact: paper.margin + titleWidth + columns.quantity + 2 * gap,
  amount: paper.margin + innerWidth - columns.amount,
} as const;
const note = { size: 7.5, colour: ink.faint } as const;

/** Draws the table of lines; each page of it begins with the names of its columns. */
export function drawRows(page: Page): Page {
  const { pdf, sheet } = page;
  let y = drawNames(page);
  for (const row of sheet.rows) {
    const height = rowHeight(pdf, row);
    if (y + height > bottom) y = drawNames({ ...page, y: nextPage(page) });
    drawRow(pdf, row, y);
    y += height;
    rule(pdf, y - 3);
  }
  return { ...page, y: y + 8 };
}

/** Begins a page under the document's name, and tells where its content begins. */
export function nextPage({ pdf, sheet }: Page): number {
  pdf.addPage();
  const y = paper.margin;
  const title = `${sheet.heading} · ${sheet.seller[0] ?? ""}`;
  return y + put(pdf, title, { x: paper.margin, y, width: innerWidth, size: 8, colour: ink.faint }) + 10;
}

function drawNames({ pdf, sheet: { words }, y }: Page): number {
  const name = { y, size: 8, font: "bold", colour: ink.faint } as const;
  put(pdf, words.description, { ...name, x: paper.margin, width: titleWidth });
  for (const column of ["quantity", "exact", "amount"] as const)
    put(pdf, words[column], { ...name, x: places[column], width: columns[column], align: "right" });
  rule(pdf, y + 14);
  return y + 20;
}

function rowHeight(pdf: Page["pdf"], row: SheetRow): number {
  const left = heightOf(pdf, row.title, titleWidth) + heightOf(pdf, row.note, titleWidth, note);
  const others = (["quantity", "exact", "amount"] as const).map((column) =>
    heightOf(pdf, row[column], columns[column]),
  );
  return Math.max(left, ...others) + 8;
}

function drawRow(pdf: Page["pdf"], row: SheetRow, y: number): void {
  const height = put(pdf, row.title, { x: paper.margin, y, width: titleWidth });
  put(pdf, row.note, { x: paper.margin, y: y + height, width: titleWidth, ...note });
  for (const column of ["quantity", "exact", "amount"] as const)
    put(pdf, row[column], { x: places[column], y, width: columns[column], align: "right" });
}
