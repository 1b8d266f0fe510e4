import { createHash } from "node:crypto";
import type { CustomerRef, StatementLog } from "./statement.ts";

/** Blobs that lie beside a customer's log, under a key made of their content. */
export type Chunks = Pick<StatementLog, "putChunk" | "chunk">;

/** Names a blob that was too large for its item. */
interface Spilled {
  readonly key: string;
  readonly parts: number;
}

/** As much as an item may hold besides its keys. Units: bytes; DynamoDB takes 409,600 with names and keys. */
export const itemBytes = 300_000;

/** Stores a blob in chunks under its own digest. Comes before the item that names it, and may be done again. */
export async function spill(chunks: Chunks, customer: CustomerRef, blob: Uint8Array): Promise<Spilled> {
  const key = `x${createHash("sha256").update(blob).digest("base64url")}`;
  const parts = Math.ceil(blob.byteLength / itemBytes);
  for (let part = 0; part < parts; part++) {
    await chunks.putChunk(customer, key, part, blob.subarray(part * itemBytes, (part + 1) * itemBytes));
  }
  return { key, parts };
}

/** Reads a blob that `spill` stored. */
export async function unspill(chunks: Chunks, customer: CustomerRef, { key, parts }: Spilled): Promise<Uint8Array> {
  const read = Array.from({ length: parts }, (_, part) => chunks.chunk(customer, key, part));
  return Buffer.concat(await Promise.all(read));
}
