import { customerId } from "@farthing/money";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import type { Fact } from "../event.ts";
import { inTimeOrder } from "../selection.ts";
import { benchFacts, facts } from "./arbitrary-facts.ts";
import type { Bundle, Selection } from "./bundle.ts";
import { decodeBundle } from "./decode-bundle.ts";
import { encodeBundle } from "./encode-bundle.ts";
import { decodePage, encodePage, packPages } from "./page.ts";

// Properties take as long as their examples do; a busy machine is no failure.
vi.setConfig({ testTimeout: 60_000 });

function select(bundles: readonly (readonly Fact[])[], keep: (fact: Fact) => boolean = () => true): Selection {
  const packed = bundles.map((rows) => encodeBundle(rows));
  const read = packed.map(({ blob, digest }, i) => ({
    bundle: bundleIn(blob),
    digest,
    receivedAt: 1_790_812_800_000 + i,
  }));
  const chosen = bundles.flatMap((rows, b) => rows.flatMap((fact, r) => (keep(fact) ? [[b, r] as const] : [])));
  return {
    bundles: read,
    bundle: Uint32Array.from(chosen, ([b]) => b),
    row: Uint32Array.from(chosen, ([, r]) => r),
  };
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
        const page = pageIn(encodePage(selection));
        expect(page.count).toBe(selection.row.length);
        for (let row = 0; row < page.count; row++) {
          const from = selection.bundles[selection.bundle[row] ?? 0];
          const origin = page.origins[page.originIndex[row] ?? 0];
          expect(page.originRow[row]).toBe(selection.row[row]);
          expect(origin).toEqual({ digest: from?.digest, receivedAt: from?.receivedAt });
          expect(page.fact(row)).toEqual(from?.bundle.fact(selection.row[row] ?? 0));
          const canonical = Buffer.from(page.canonicalEvent(row));
          expect(canonical.equals(from?.bundle.canonicalEvent(selection.row[row] ?? 0) ?? Buffer.alloc(0))).toBe(true);
        }
      }),
      { numRuns: 40, seed: 3 },
    );
  });

  test("can be made of pages", () => {
    const selection = inTimeOrder(select([benchFacts({ count: 100, customers: 1 })]));
    const page = pageIn(encodePage(selection));
    const again = { ...selection, bundles: selection.bundles.map((origin) => ({ ...origin, bundle: page })) };
    const rows = pageIn(encodePage({ ...again, row: Uint32Array.from({ length: 100 }, (_, i) => i) }));
    expect(rows.fact(7)).toEqual(page.fact(7));
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
