/** Whether a text has 1 to `maxBytes` bytes of UTF-8; counted only where letters of three bytes could make a difference. */
export function hasLength(text: string, maxBytes: number): boolean {
  if (text.length === 0 || text.length > maxBytes) return false;
  return text.length * 3 <= maxBytes || Buffer.byteLength(text) <= maxBytes;
}

/** Whether a text has neither NUL nor a lone surrogate: no store and no other language could keep those. */
export function isKeepable(text: string): boolean {
  return text.isWellFormed() && !text.includes("\0");
}
