import type { CustomerId, MerchantId } from "@farthing/money";
import { bucketOf } from "../due-bucket.ts";

/** Over how many keys a list of a merchant is spread, so that a run of thousands is not held up at one. */
const listKeys = 32;

/** The key of a spread list that holds what is a customer's. */
export function listKeyOf(merchant: MerchantId, customer: CustomerId): number {
  return bucketOf(`${merchant}#${customer}`, listKeys);
}

/** How to read and order a spread list; a place is what `isBefore` compares, and the cursor of a page. */
export interface SpreadList<T> {
  /** Reads items of one key behind a place, in order, `count` of them or as many as there are. */
  read(key: number, after: string | undefined, count: number): Promise<readonly T[]>;
  placeOf(item: T): string;
  isBefore(a: string, b: string): boolean;
}

interface Part<T> {
  readonly key: number;
  waiting: readonly T[];
  hasMore: boolean;
}

/**
 * Reads the next `limit` items of a list over all of its keys, in order, or as many as there are. Each key is read for a little
 * more than its even share, and again only where the items run past what was read of it.
 */
export async function readSpread<T>(list: SpreadList<T>, after: string | undefined, limit: number) {
  const share = Math.min(limit, Math.ceil((2 * limit) / listKeys) + 2);
  const refill = async (part: Part<T>, from: string | undefined) => {
    part.waiting = await list.read(part.key, from, share);
    part.hasMore = part.waiting.length === share;
  };
  const parts = Array.from({ length: listKeys }, (_, key): Part<T> => ({ key, waiting: [], hasMore: true }));
  await Promise.all(parts.map((part) => refill(part, after)));
  const items: T[] = [];
  while (items.length < limit) {
    const next = firstOf(list, parts);
    const [item] = next?.waiting ?? [];
    if (next === undefined || item === undefined) return items;
    items.push(item);
    next.waiting = next.waiting.slice(1);
    if (next.waiting.length === 0 && next.hasMore) await refill(next, list.placeOf(item));
  }
  return items;
}

function firstOf<T>({ placeOf, isBefore }: SpreadList<T>, parts: readonly Part<T>[]): Part<T> | undefined {
  let [first, least] = [undefined as Part<T> | undefined, ""];
  for (const part of parts) {
    const [item] = part.waiting;
    if (item === undefined) continue;
    const place = placeOf(item);
    if (first !== undefined && !isBefore(place, least)) continue;
    [first, least] = [part, place];
  }
  return first;
}
