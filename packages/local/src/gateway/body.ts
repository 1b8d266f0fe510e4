import type { IncomingMessage } from "node:http";

/** The largest request that an HTTP API takes. */
export const largestRequest = 10 * 1024 * 1024;

/** Lambda takes at most 6 MB with an invocation, the rest of the event and base64 included. */
export const largestPayload = 6 * 1024 * 1024;

/** A body, or that there was more of it than the gateway takes. */
export type Body = { readonly kind: "bytes"; readonly bytes: Uint8Array<ArrayBuffer> } | { readonly kind: "too_large" };

const tooLarge: Body = { kind: "too_large" };

/** Without an iterator: it makes a promise and its turn of the loop for each chunk. */
function measured(request: IncomingMessage, length: number): Promise<Body> {
  // Not from the shared pool: the memory itself moves to the worker.
  const bytes = new Uint8Array(new ArrayBuffer(length));
  let filled = 0;
  return new Promise((resolve, reject) => {
    request.on("data", (chunk: Uint8Array) => {
      bytes.set(chunk, filled);
      filled += chunk.length;
    });
    request.once("end", () => resolve({ kind: "bytes", bytes: filled === length ? bytes : bytes.slice(0, filled) }));
    request.once("error", reject);
    request.once("close", () => reject(new Error("the client went away")));
  });
}

async function chunked(request: IncomingMessage): Promise<Body> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Left open at the limit: the answer goes out on the same connection.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    length += chunk.length;
    if (length > largestRequest) return tooLarge;
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(new ArrayBuffer(length));
  let filled = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, filled);
    filled += chunk.length;
  }
  return { kind: "bytes", bytes };
}

/** Reads a request's body into memory of its own, at most as much as the gateway takes. */
export async function readBody(request: IncomingMessage): Promise<Body> {
  const announced = request.headers["content-length"];
  if (announced === undefined) return chunked(request);
  const length = Number(announced);
  return length > largestRequest ? tooLarge : measured(request, length);
}
