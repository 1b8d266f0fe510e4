import { customerId } from "@farthing/money";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Fact } from "../event.ts";
import { inTimeOrder } from "../selection.ts";
import { benchFacts, facts } from "./arbitrary-facts.ts";
import type { Bundle, Selection } from "./bundle.ts";
import { decodeBundle, decodeRows } from "./decode-bundle.ts";
import { encodeBundle } from "./encode-bundle.ts";
import { decodePage, encodePage, packPages } from "./page.ts";
import { RowMerger } from "./row-merger.ts";

/** Chosen rows of some bundles, merged in their order. */
function select(bundles: readonly (readonly Fact[])[], keep: (fact: Fact) => boolean = () => true): Selection {
  const merger = new RowMerger(0);
  bundles.forEach((facts, i) => {
    const { blob, digest } = encodeBundle(facts);
    const rows = decodeRows(blob);
    if (!rows.ok) throw new Error(rows.error.code);
    merger.append(rows.value, { digest, receivedAt: 1_790_812_800_000 + i });
  });
  const from = merger.merged();
  const row = Uint32Array.from({ length: from.count }, (_, i) => i).filter((i) => keep(from.fact(i)));
  return { from, row };
}

function bundleIn(blob: Uint8Array): Bundle {
  const decoded = decodeBundle(blob);
  if (!decoded.ok) throw new Error(decoded.error.code);
  return decoded.value;
}

function pageIn(blob: Uint8Array) {
  const decoded = decodePage(blob);
  if (!decoded.ok) throw new Error(decoded.error.code);
  return decoded.value;
}

const one = customerId("cus_1");
const batch = fc.array(facts, { minLength: 1, maxLength: 15 });

describe("pages", () => {
  test("hold the chosen rows of any bundles, each with where it came from", () => {
    fc.assert(
      fc.property(fc.array(batch, { minLength: 1, maxLength: 4 }), (batches) => {
        const selection = inTimeOrder(select(batches, ({ customer }) => customer !== one));
        const bundles = batches.map(encodeBundle);
        const page = pageIn(encodePage(selection));
        expect(page.count).toBe(batches.flat().filter(({ customer }) => customer !== one).length);
        for (let row = 0; row < page.count; row++) {
          const origin = page.origins[page.originIndex[row] ?? 0];
          const number = bundles.findIndex(({ digest }) => digest === origin?.digest);
          const bundle = bundleIn(bundles[number]?.blob ?? new Uint8Array());
          const from = page.originRow[row] ?? 0;
          expect(page.fact(row)).toEqual(batches[number]?.[from]);
          expect(Buffer.from(page.canonicalEvent(row)).equals(bundle.canonicalEvent(from))).toBe(true);
        }
      }),
      { numRuns: 40, seed: 3 },
    );
  });

  test("can be made of pages", () => {
    const selection = inTimeOrder(select([benchFacts({ count: 100, customers: 1 })]));
    const page = pageIn(encodePage(selection));
    const again = pageIn(encodePage({ from: page, row: Uint32Array.from({ length: 50 }, (_, i) => 99 - i) }));
    expect(again.fact(7)).toEqual(page.fact(92));
    expect(again.origins).toEqual(page.origins);
  });

  test("split before the limit, in order, and hold no origin that they do not use", () => {
    const batches = Array.from({ length: 40 }, (_, i) => benchFacts({ count: 500, customers: 3, from: 500 * i }));
    const selection = inTimeOrder(select(batches, ({ customer }) => customer === "cus_000001"));
    const maxBytes = 32 * 1024;
    const pages = packPages(selection, { maxBytes });
    expect(pages.length).toBeGreaterThan(1);
    expect(pages.map(({ start }) => start)).toEqual([0, ...pages.slice(0, -1).map(({ end }) => end)]);
    expect(pages.at(-1)?.end).toBe(selection.row.length);
    for (const { blob, start, end } of pages) {
      expect(blob.length).toBeLessThanOrEqual(maxBytes);
      const page = pageIn(blob);
      expect(page.count).toBe(end - start);
      expect(new Set(page.originIndex).size).toBe(page.origins.length);
      expect(page.times).toEqual(page.times.toSorted());
    }
  });

  test("split before a reader's limits", () => {
    const wide = (i: number) => ({ t: `${i}${"字".repeat(2700)}` });
    const rows = benchFacts({ count: 1000, customers: 1 }).map((fact, i) => ({ ...fact, data: wide(i) }) as Fact);
    const pages = packPages(select([rows.slice(0, 300), rows.slice(300, 600), rows.slice(600)]), { maxBytes: 380_000 });
    expect(pages.map(({ blob }) => pageIn(blob).count).reduce((a, b) => a + b)).toBe(1000);
  });

  test("that were tampered with are errors", () => {
    const page = encodePage(select([benchFacts({ count: 20, customers: 1 })]));
    for (let bit = 0; bit < page.length * 8; bit++) {
      const flipped = Uint8Array.from(page);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(decodePage(flipped).ok).toBe(false);
    }
    expect(decodeBundle(page)).toEqual({ ok: false, error: { code: "bundle_corrupt" } });
  });
});
