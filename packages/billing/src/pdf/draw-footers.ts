import type { InvoiceSheet } from "../invoice-sheet.ts";
import { ink, innerWidth, paper, put, rule } from "./page.ts";

const small = { x: paper.margin, width: innerWidth, size: 7, colour: ink.faint } as const;

/** Draws the foot of every page: the root that the invoice's events are proven by, and which page of how many it is. */
export function drawFooters(pdf: PDFKit.PDFDocument, { words, root }: InvoiceSheet): void {
  const { count } = pdf.bufferedPageRange();
  for (let page = 0; page < count; page++) {
    pdf.switchToPage(page);
    // Below the bottom margin a text would begin another page.
    pdf.page.margins.bottom = 0;
    const y = paper.height - paper.margin - 18;
    rule(pdf, y - 6);
    put(pdf, `${words.root}  ${root}`, { ...small, y });
    put(pdf, words.page(page + 1, count), { ...small, y, align: "right" });
  }
}
