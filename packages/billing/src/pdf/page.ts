import type { InvoiceSheet } from "../invoice-sheet.ts";

/** The paper, in points. Source: ISO 216, A4. */
export const paper = { size: "A4", width: 595.28, height: 841.89, margin: 50, foot: 64 } as const;

/** The room between the margins. */
export const innerWidth = paper.width - 2 * paper.margin;

/** Where on a page the foot begins, which rows leave free. */
export const bottom = paper.height - paper.margin - paper.foot;

/** The colours of texts and rules. */
export const ink = { text: "#111827", faint: "#6b7280", rule: "#d1d5db" } as const;

/** A document in the making: what it says, and how far down its last page it has come. */
export interface Page {
  readonly pdf: PDFKit.PDFDocument;
  readonly sheet: InvoiceSheet;
  readonly y: number;
}

/** How a text is set. Units: points. */
export interface Setting {
  readonly font?: "regular" | "bold";
  readonly size?: number;
  readonly colour?: string;
  readonly align?: "left" | "right";
}

const leading = { lineGap: 2 } as const;

/** How high a text stands in a column. */
export function heightOf(pdf: PDFKit.PDFDocument, text: string, width: number, setting: Setting = {}): number {
  if (text === "") return 0;
  return set(pdf, setting).heightOfString(text, { width, ...leading });
}

function set(pdf: PDFKit.PDFDocument, { font = "regular", size = 9 }: Setting): PDFKit.PDFDocument {
  return pdf.font(font).fontSize(size);
}

/** Sets a text in a column, and tells how high it stands. */
export function put(
  pdf: PDFKit.PDFDocument,
  text: string,
  { x, y, width, ...setting }: Setting & { readonly x: number; readonly y: number; readonly width: number },
): number {
  if (text === "") return 0;
  set(pdf, setting).fillColor(setting.colour ?? ink.text);
  pdf.text(text, x, y, { width, align: setting.align ?? "left", ...leading });
  return pdf.y - y;
}

/** Draws a rule across the page. */
export function rule(pdf: PDFKit.PDFDocument, y: number): void {
  pdf
    .moveTo(paper.margin, y)
    .lineTo(paper.width - paper.margin, y)
    .lineWidth(0.5)
    .strokeColor(ink.rule)
    .stroke();
}
