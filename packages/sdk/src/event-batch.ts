import type { PreparedEvent } from "./usage-event.ts";

/** What one request may hold. Source: docs/api.md, "Sizes". */
export const requestLimits = { events: 10_000, wireBytes: 4_000_000, bytes: 20_000_000 } as const;

/** How large a batch may grow. */
export interface BatchSize {
  readonly events: number;
  readonly bytes: number;
}

const smallBodyBytes = 1_024;

/** The body of a request and how it is encoded. */
export interface EncodedBatch {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer>;
  /** The SHA-256 of what the body holds, in hex. */
  readonly digest: string;
}

/** Cuts events into batches by time, so that a request touches few hours. An event larger than a batch is one by itself. */
export function cutBatches<T extends PreparedEvent>(events: readonly T[], size: BatchSize): T[][] {
  const batches: T[][] = [];
  let batch: T[] = [];
  let bytes = 0;
  for (const event of events.toSorted((a, b) => a.timeMs - b.timeMs)) {
    if (batch.length > 0 && (batch.length >= size.events || bytes + event.bytes > size.bytes)) {
      batches.push(batch);
      batch = [];
      bytes = 0;
    }
    batch.push(event);
    bytes += event.bytes + 1;
  }
  return batch.length === 0 ? batches : [...batches, batch];
}

/** Writes a batch as a request body: gzipped where the platform can and it pays. The same batch gives the same bytes. */
export async function encodeBatch(batch: readonly PreparedEvent[]): Promise<EncodedBatch> {
  const plain = new TextEncoder().encode(`{"events":[${batch.map((event) => event.text).join(",")}]}`);
  const digest = await digestOf(plain);
  const headers = { "content-type": "application/json" };
  if (plain.byteLength < smallBodyBytes || typeof CompressionStream === "undefined")
    return { headers, body: plain, digest };

  const packed = new Response(plain).body?.pipeThrough(new CompressionStream("gzip"));
  const body = new Uint8Array(await new Response(packed).arrayBuffer());
  return { headers: { ...headers, "content-encoding": "gzip" }, body, digest };
}

async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
