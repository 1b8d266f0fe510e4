/** Whether two hashes are the same bytes. Hashes here are public, so the time that a comparison takes tells nothing. */
export function equalHashes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
