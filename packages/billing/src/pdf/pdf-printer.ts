import PDFDocument from "pdfkit";
import type { InvoiceSheet } from "../invoice-sheet.ts";
import type { InvoicePrinter } from "../print-invoice.ts";
import { drawFooters } from "./draw-footers.ts";
import { drawHead } from "./draw-head.ts";
import { drawRows } from "./draw-rows.ts";
import { drawSums } from "./draw-sums.ts";
import { fontOpener, type OpenedFonts } from "./opened-fonts.ts";
import { type Page, paper } from "./page.ts";

/** Draws invoices on A4 as PDF; the fonts are read and decoded once. */
export function pdfPrinter(): InvoicePrinter {
  let opener: ReturnType<typeof fontOpener> | undefined;
  return {
    async print(sheet) {
      opener ??= fontOpener();
      const open = await opener;
      return await draw(sheet, open());
    },
  };
}

/**
 * Everything that could differ is fixed: dates and the file's id are those of the seal, and nothing is compressed, since
 * zlib makes other bytes on other processors.
 */
async function draw(sheet: InvoiceSheet, fonts: OpenedFonts): Promise<Uint8Array> {
  const sealed = new Date(sheet.sealedAt);
  const [seller = ""] = sheet.seller;
  const pdf = new PDFDocument({
    size: paper.size,
    margin: paper.margin,
    bufferPages: true,
    compress: false,
    lang: sheet.language,
    // None of its own: it would read one of the fonts below a second time, at every change of font.
    font: "",
    info: { Title: sheet.heading, Author: seller, Creator: "Farthing", CreationDate: sealed, ModDate: sealed },
  });
  const bytes = collected(pdf);
  pdf.registerFont("regular", fonts.regular).registerFont("bold", fonts.bold);
  const page: Page = { pdf, sheet, y: paper.margin };
  drawSums(drawRows(drawHead(page)));
  drawFooters(pdf, sheet);
  pdf.end();
  return await bytes;
}

function collected(pdf: PDFKit.PDFDocument): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    pdf.on("data", (chunk: Uint8Array) => chunks.push(chunk));
    pdf.on("end", () => resolve(Buffer.concat(chunks)));
    pdf.on("error", reject);
  });
}
