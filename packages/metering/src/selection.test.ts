import { customerId } from "@farthing/money";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Fact } from "./event.ts";
import { event, factsOf, origin, ten } from "./metering.fixture.ts";
import { byCustomer, concatenate, inRollOrder, inTimeOrder, SelectionBuilder } from "./selection.ts";

const customers = ["ann", "bob", "Bob", "cid"].map(customerId);
const facts: fc.Arbitrary<Fact> = fc
  .record({
    customer: fc.constantFrom(...customers),
    time: fc.integer({ min: 0, max: 3 }),
    id: fc.stringMatching(/^[a-dZ]{1,2}$/),
  })
  .map(({ id, time, customer }) => event(id, ten + time, { customer }));
const batches = fc.array(fc.array(facts, { minLength: 1, maxLength: 12 }), { maxLength: 4 });
const origins = batches.map((all) => all.map((rows, i) => origin(rows, ten + (i % 2))));
const options = { numRuns: 60, seed: 1 };

/** All rows of all bundles. */
function everything(all: ReturnType<typeof origin>[]) {
  const builder = new SelectionBuilder(all);
  for (const [number, { bundle }] of all.entries())
    for (let row = 0; row < bundle.count; row++) builder.push(number, row);
  return builder.build();
}

describe("selections", () => {
  test("by customer hold each row once, in the order of the bundles, customers in order", () => {
    fc.assert(
      fc.property(origins, (all) => {
        const split = byCustomer(all);
        const whole = factsOf(everything(all));
        const ids = [...new Set(whole.map(({ customer }) => customer))].sort();
        expect([...split.keys()]).toEqual(ids);
        for (const [customer, rows] of split) {
          expect(factsOf(rows)).toEqual(whole.filter((fact) => fact.customer === customer));
          expect(new Set(rows.bundle).size).toBe(rows.bundles.length);
        }
      }),
      options,
    );
  });

  test("in time order are sorted by time, then by id", () => {
    fc.assert(
      fc.property(origins, (all) => {
        const rows = everything(all);
        const key = ({ time, id }: Fact) => `${time} ${id}`;
        const sorted = factsOf(inTimeOrder(rows)).map(key);
        expect(sorted).toEqual(factsOf(rows).map(key).sort());
        expect(inTimeOrder(inTimeOrder(rows))).toEqual(inTimeOrder(rows));
      }),
      options,
    );
  });

  test("follow one another", () => {
    const all = [origin([event("a", ten), event("b", ten)]), origin([event("c", ten)])];
    const [first, second] = [new SelectionBuilder(all), new SelectionBuilder(all)];
    first.push(1, 0);
    second.push(0, 1);
    second.push(0, 0);
    expect(second.size).toBe(2);
    const none = new SelectionBuilder(all).build();
    expect(factsOf(concatenate([first.build(), none, second.build()])).map(({ id }) => id)).toEqual(["c", "b", "a"]);
  });
});

describe("the order in which copies count inside a roll", () => {
  const early = origin([event("a", ten)], ten);
  const [low, high] = [origin([event("b", ten)], ten + 1), origin([event("c", ten)], ten + 1)].sort((a, b) =>
    a.digest < b.digest ? -1 : 1,
  );

  test("is that of (receivedAt, digest), whatever order the bundles come in", () => {
    const all = [early, low, high].flatMap((one) => one ?? []);
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: 3 }), (shuffled) => {
        expect(inRollOrder(shuffled)).toEqual(all);
      }),
      { numRuns: 10, seed: 2 },
    );
  });
});
