/**
 * The largest blob that the stores in memory take, so that code which would not fit an item fails on them too.
 *
 * Units: bytes. Source: DynamoDB's 400 KB an item, less 1 KB for keys and the attributes beside the blob.
 */
const maxBlobBytes = 399 * 1024;

/** Errors: throws on a blob that no item could hold. */
export function checkBlob(blob: Uint8Array): void {
  if (blob.byteLength > maxBlobBytes) throw new Error(`a blob of ${blob.byteLength} bytes is over the size of an item`);
}
