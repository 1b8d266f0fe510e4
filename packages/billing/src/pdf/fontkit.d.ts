/** The part of fontkit that is used here; the package ships no types of its own. */
declare module "fontkit" {
  /** Opens a font. pdfkit takes it as one, though its types name bytes alone. */
  export function create(bytes: Uint8Array): PDFKit.Mixins.PDFFontSource;
}
