import { create } from "fontkit";
import { readFonts } from "./font-files.ts";

/** Opens the fonts of one document. */
export interface OpenedFonts {
  readonly regular: PDFKit.Mixins.PDFFontSource;
  readonly bold: PDFKit.Mixins.PDFFontSource;
}

/**
 * Reads the fonts, and answers what opens them anew for each document. Documents share the tables, which are decoded once as
 * they are needed and take most of a document's time; fontkit shares them so among the variations of a font. Its glyphs they
 * do not share: a glyph keeps the characters that it first stood for, which would be another document's.
 */
export async function fontOpener(): Promise<() => OpenedFonts> {
  const bytes = await readFonts();
  const [regular, bold] = [{ _tables: {} }, { _tables: {} }];
  return () => ({
    regular: Object.assign(create(bytes.regular), regular),
    bold: Object.assign(create(bytes.bold), bold),
  });
}
