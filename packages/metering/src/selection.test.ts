import { customerId } from "@farthing/money";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeBundle } from "./codec/index.ts";
import type { Fact } from "./event.ts";
import { event, factsOf, merged, stored, ten } from "./metering.fixture.ts";
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
const origins = batches.map((all) => all.map((rows, i) => stored(rows, ten + (i % 2))));
const options = { numRuns: 60, seed: 1 };

/** All rows of all bundles, in an order that is nobody's. */
function everything(all: ReturnType<typeof stored>[]) {
  const from = merged(...all);
  const builder = new SelectionBuilder(from);
  for (let i = from.count - 1; i >= 0; i--) builder.push(i);
  return builder.build();
}

describe("selections", () => {
  test("by customer hold each row once, in the order of the bundles, customers in order", () => {
    fc.assert(
      fc.property(origins, (all) => {
        const split = byCustomer(merged(...all));
        const whole = inRollOrder(all).flatMap(({ blob }) => {
          const read = decodeBundle(blob);
          return read.ok ? Array.from({ length: read.value.count }, (_, row) => read.value.fact(row)) : [];
        });
        const ids = [...new Set(whole.map(({ customer }) => customer))].sort();
        expect([...split.keys()]).toEqual(ids);
        for (const [customer, rows] of split) {
          expect(factsOf(rows)).toEqual(whole.filter((fact) => fact.customer === customer));
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

  test("of times that lie far apart are sorted too", () => {
    const times = [8e15, 0, 8.64e15, 3, 8e15];
    const from = merged(stored(times.map((time, i) => event(`e${9 - i}`, time))));
    const { row } = inTimeOrder({ from, row: Uint32Array.from([0, 1, 2, 3, 4]) });
    expect([...row].map((at) => from.id(at))).toEqual(["e8", "e6", "e5", "e9", "e7"]);
  });

  test("follow one another", () => {
    const from = merged(stored([event("a", ten), event("b", ten)], ten), stored([event("c", ten)], ten + 1));
    const [first, second] = [new SelectionBuilder(from), new SelectionBuilder(from)];
    first.push(2);
    second.push(1);
    second.push(0);
    expect(second.size).toBe(2);
    const none = new SelectionBuilder(from).build();
    expect(factsOf(concatenate([first.build(), none, second.build()])).map(({ id }) => id)).toEqual(["c", "b", "a"]);
  });
});

describe("the order in which copies count inside a roll", () => {
  const early = stored([event("a", ten)], ten);
  const [low, high] = [stored([event("b", ten)], ten + 1), stored([event("c", ten)], ten + 1)].sort((a, b) =>
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
