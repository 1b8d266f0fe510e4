import { customerId, merchantId } from "@farthing/money";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { listKeyOf, readSpread } from "./spread-list.ts";

type Item = readonly [key: number, place: string];

/** A list in memory that counts what is read of it. */
function listOf(items: readonly Item[], { descending = false } = {}) {
  let read = 0;
  const isBefore = (a: string, b: string) => (descending ? a > b : a < b);
  const sorted = items.toSorted(([, a], [, b]) => (isBefore(a, b) ? -1 : 1));
  const list = {
    isBefore,
    placeOf: ([, place]: Item) => place,
    async read(key: number, after: string | undefined, count: number) {
      const behind = sorted.filter(([own, place]) => own === key && (after === undefined || isBefore(after, place)));
      read += Math.min(count, behind.length);
      return behind.slice(0, count);
    },
  };
  return { list, sorted, read: () => read };
}

const place = (n: number) => String(n).padStart(6, "0");

describe("a list that is spread over keys", () => {
  test("is read in order, in pages of any size, however its items lie and whichever way it goes", async () => {
    const items = fc.uniqueArray(fc.tuple(fc.nat(31), fc.nat(999).map(place)), { selector: ([, name]) => name });
    await fc.assert(
      fc.asyncProperty(items, fc.integer({ min: 1, max: 40 }), fc.boolean(), async (all, limit, descending) => {
        const { list, sorted } = listOf(all, { descending });
        const found: Item[] = [];
        for (let page = await readSpread(list, undefined, limit); page.length > 0; ) {
          found.push(...page);
          expect(page.length).toBe(Math.min(limit, all.length - (found.length - page.length)));
          page = await readSpread(list, list.placeOf(page.at(-1) ?? [0, ""]), limit);
        }
        expect(found).toEqual(sorted);
      }),
    );
  });

  test("is read to its end where all of it is under one key", async () => {
    const all = Array.from({ length: 700 }, (_, n): Item => [7, place(n)]);
    expect(await readSpread(listOf(all).list, undefined, 600)).toEqual(all.slice(0, 600));
  });

  test("is read for little more than a page where it is spread evenly", async () => {
    const all = Array.from({ length: 32_000 }, (_, n): Item => [n % 32, place(n)]);
    const { list, read } = listOf(all);
    expect(await readSpread(list, undefined, 500)).toEqual(all.slice(0, 500));
    expect(read()).toBeLessThanOrEqual(2 * 500 + 3 * 32);
  });

  test("has customers on all of its keys, and as many on each", () => {
    const sizes = Array.from({ length: 32 }, () => 0);
    for (let n = 0; n < 32_000; n++) {
      const key = listKeyOf(merchantId("shop"), customerId(`cus_${place(n)}`));
      sizes[key] = (sizes[key] ?? 0) + 1;
    }
    expect(sizes).toHaveLength(32);
    expect(Math.min(...sizes)).toBeGreaterThan(800);
    expect(Math.max(...sizes)).toBeLessThan(1200);
  });
});
