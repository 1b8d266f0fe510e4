import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { facts as anyFacts } from "./codec/arbitrary-facts.ts";
import type { Fact } from "./event.ts";
import { IdentityTable } from "./identity-table.ts";
import { ann, bob, event, identityOf, origin, ten, voiding } from "./metering.fixture.ts";

const few = fc.record({ id: fc.constantFrom("a", "b", "c"), customer: fc.constantFrom(ann, bob) });
const sources = fc.constantFrom(undefined, "s", "t");
const facts = fc.oneof(
  fc.tuple(few, sources).map(([who, source]): Fact => event(who.id, ten, { ...who, source })),
  fc.tuple(few, sources).map(([who, source]): Fact => voiding(who.id, ten, { ...who, source })),
  anyFacts,
);
const batches = fc.array(fc.array(facts, { minLength: 1, maxLength: 20 }), { minLength: 1, maxLength: 4 });

describe("IdentityTable", () => {
  test("finds the first row of every identity, over any bundles", () => {
    fc.assert(
      fc.property(batches, (all) => {
        const table = new IdentityTable(all.flat().length);
        const first = new Map<string, { readonly owner: number; readonly row: number }>();
        const bundles = all.map((rows) => origin(rows).bundle);
        for (const [owner, bundle] of bundles.entries()) {
          expect(table.addBundle(bundle)).toBe(owner);
          for (let row = 0; row < bundle.count; row++) {
            const identity = identityOf(bundle.fact(row));
            const known = first.get(identity);
            const expected = known === undefined ? undefined : { bundle: bundles[known.owner], row: known.row };
            expect(table.findOrInsert(owner, row)).toEqual(expected);
            if (known === undefined) first.set(identity, { owner, row });
          }
        }
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  test("is whole when it is full", () => {
    const rows = Array.from({ length: 1024 }, (_, i) => event(`e${i}`, ten));
    const table = new IdentityTable(rows.length);
    const owner = table.addBundle(origin(rows).bundle);
    for (const row of rows.keys()) expect(table.findOrInsert(owner, row)).toBeUndefined();
    for (const row of rows.keys()) expect(table.findOrInsert(owner, row)?.row).toBe(row);
  });

  test("knows no rows of a bundle that was not added", () => {
    expect(() => new IdentityTable(1).findOrInsert(0, 0)).toThrow();
  });
});
