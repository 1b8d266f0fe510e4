import type { Page } from "./codec/bundle.ts";
import { decodePage } from "./codec/index.ts";
import type { CustomerRef, Statement, StatementLog } from "./statement.ts";

/** Reads the rows of a statement, a page for each chunk. Errors: throws where a stored page does not decode. */
export async function pagesOf(log: StatementLog, customer: CustomerRef, { page }: Statement): Promise<readonly Page[]> {
  if (page.kind === "inline") return [decoded(page.blob)];
  return await Promise.all(page.rows.map(async (_, index) => decoded(await log.chunk(customer, page.key, index))));
}

/** How many rows lie in each page of a statement, of one that has several; one inside it holds all that there are. */
export function rowsPerPage({ page, counts }: Statement): readonly number[] {
  return page.kind === "inline" ? [counts.events + counts.voids + counts.duplicates + counts.conflicts] : page.rows;
}

/** Reads one page of a statement. Errors: throws where it does not decode. */
export async function pageAt(
  log: StatementLog,
  customer: CustomerRef,
  { page }: Statement,
  index: number,
): Promise<Page> {
  return decoded(page.kind === "inline" ? page.blob : await log.chunk(customer, page.key, index));
}

/** Reads the sorted low halves of the identity hashes of a statement's events. */
export async function fingerprintsOf(
  log: StatementLog,
  customer: CustomerRef,
  statement: Statement,
): Promise<Uint32Array> {
  if (statement.fingerprints !== undefined) return statement.fingerprints;
  const { page, counts } = statement;
  if (page.kind === "inline") return fingerprints([{ page: decoded(page.blob), events: counts.events }]);
  const chunks = Array.from({ length: page.fingerprints }, (_, index) =>
    log.chunk(customer, page.key, page.rows.length + index),
  );
  return joined((await Promise.all(chunks)).map(wordsOf));
}

/** The sorted low halves of the identity hashes of the first `events` rows of pages. */
export function fingerprints(parts: readonly { readonly page: Page; readonly events: number }[]): Uint32Array {
  return joined(parts.map(({ page, events }) => page.identityHashes().low.subarray(0, events))).sort();
}

/** Whether two sorted lists share a number. */
export function meets(a: Uint32Array, b: Uint32Array): boolean {
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    const difference = (a[i] ?? 0) - (b[j] ?? 0);
    if (difference === 0) return true;
    if (difference < 0) i++;
    else j++;
  }
  return false;
}

/** How many of the first `events` rows of a statement lie in each of its pages. */
export function eventsPerPage(
  pages: readonly Page[],
  events: number,
): readonly { readonly page: Page; readonly events: number }[] {
  let left = events;
  return pages.map((page) => {
    const here = Math.min(left, page.count);
    left -= here;
    return { page, events: here };
  });
}

function decoded(blob: Uint8Array): Page {
  const page = decodePage(blob);
  if (!page.ok) throw new Error(`a stored page does not decode: ${page.error.code}`);
  return page.value;
}

function joined(parts: readonly Uint32Array[]): Uint32Array {
  const all = new Uint32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Numbers as bytes, little-endian. */
export function bytesOf(words: Uint32Array): Uint8Array {
  const bytes = new Uint8Array(words.length * 4);
  const view = new DataView(bytes.buffer);
  words.forEach((word, index) => {
    view.setUint32(index * 4, word, true);
  });
  return bytes;
}

function wordsOf(bytes: Uint8Array): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Uint32Array.from({ length: bytes.byteLength / 4 }, (_, index) => view.getUint32(index * 4, true));
}
