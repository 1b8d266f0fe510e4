import { customerId, expectOk } from "@farthing/money";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { EventData, ExactJson, Fact } from "../event.ts";
import { facts } from "./arbitrary-facts.ts";
import { decodeBundle, decodeRows } from "./decode-bundle.ts";
import { encodeBundle } from "./encode-bundle.ts";
import { decodePage, encodePage } from "./page.ts";
import { RowMerger } from "./row-merger.ts";

function merge(batches: readonly (readonly Fact[])[]) {
  const merger = new RowMerger(0);
  batches.forEach((batch, receivedAt) => {
    const { blob, digest } = encodeBundle(batch);
    const rows = decodeRows(blob);
    if (!rows.ok) throw new Error(rows.error.code);
    merger.append(rows.value, { digest, receivedAt });
  });
  return merger.merged();
}

const batches = fc.array(fc.array(facts, { minLength: 1, maxLength: 15 }), { minLength: 1, maxLength: 4 });

describe("merged rows", () => {
  test("are those of all bundles, customer by customer, each in the order of the bundles", () => {
    fc.assert(
      fc.property(batches, (all) => {
        const merged = merge(all);
        const expected = all.flat().map(({ customer }) => customer);
        const ids = [...new Set(expected)].sort();
        expect(merged.ranges.map(({ customer }) => customer)).toEqual(ids);
        const shown = merged.ranges.flatMap(({ start, end }) =>
          Array.from({ length: end - start }, (_, i) => merged.fact(start + i)),
        );
        expect(shown).toEqual(ids.flatMap((id) => all.flat().filter(({ customer }) => customer === id)));
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  test("know where they came from, and answer what their bundle answers", () => {
    fc.assert(
      fc.property(batches, (all) => {
        const merged = merge(all);
        const hashes = merged.identityHashes();
        const bundles = all.map((batch) => expectOk(decodeBundle(encodeBundle(batch).blob)));
        for (let row = 0; row < merged.count; row++) {
          const number = merged.originIndex[row] ?? 0;
          const at = merged.originRow[row] ?? 0;
          const bundle = bundles[number] ?? expect.fail("no bundle");
          expect(merged.origins[number]?.receivedAt).toBe(number);
          expect(merged.fact(row)).toEqual(bundle.fact(at));
          expect(hashes.low[row]).toBe(bundle.identityHashes().low[at]);
          expect(hashes.high[row]).toBe(bundle.identityHashes().high[at]);
          expect(merged.sameIdentity(row, bundle, at)).toBe(true);
          expect(merged.contentHash(row)).toBe(bundle.contentHash(at));
          expect(Buffer.from(merged.canonicalEvent(row)).equals(bundle.canonicalEvent(at))).toBe(true);
        }
      }),
      { numRuns: 40, seed: 2 },
    );
  });

  const one = (id: string, data: EventData): Fact => ({
    kind: "event",
    id,
    customer: customerId("ann"),
    type: "t",
    source: undefined,
    time: 1_790_812_800_000,
    serverTime: false,
    data,
  });

  test.for<{ values: ExactJson[]; why: string }>([
    { values: [1, 2.5, 3], why: "whole numbers and fractions" },
    { values: [0.25, 123_456_789_012_345, -7], why: "numbers that no common scale suits" },
    { values: [1, "1", null, true, 1.5], why: "values of every kind" },
    { values: [["a", 1], ["a"], { a: 1 }, {}], why: "values of many shapes" },
  ])("keep $why of different bundles apart", ({ values }) => {
    const all = values.map((v, i) => [one(`e${i}`, { v }), one(`f${i}`, { v, w: i })]);
    const merged = merge(all);
    expect(Array.from({ length: merged.count }, (_, row) => merged.data(row))).toEqual(
      all.flat().map((fact) => (fact.kind === "event" ? fact.data : {})),
    );
    const page = decodePage(encodePage({ from: merged, row: Uint32Array.from({ length: merged.count }, (_, i) => i) }));
    if (!page.ok) throw new Error(page.error.code);
    expect(Array.from({ length: merged.count }, (_, row) => page.value.data(row))).toEqual(
      Array.from({ length: merged.count }, (_, row) => merged.data(row)),
    );
  });

  test("of no bundle are none", () => {
    expect(merge([])).toMatchObject({ count: 0, ranges: [] });
  });
});
