import { type Decimal, decimal } from "@farthing/money";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aggregationNames } from "../meter.ts";
import type { Sample } from "./aggregation.ts";
import { aggregationOf } from "./index.ts";
import { august, day, hour, stateOf, windowOf } from "./samples.fixture.ts";

const quantities: fc.Arbitrary<number | Decimal> = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.maxSafeInteger(),
  fc.tuple(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), fc.nat(11)).map(([n, s]) => decimal(`${n}e-${s}`)),
);
/** Few ids, texts and times, so that they meet. */
const samples: fc.Arbitrary<Sample> = fc.record({
  quantity: quantities,
  text: fc.constantFrom("a", "b", "c", "", "a;b,c.d", "\u{1F600}"),
  time: fc.oneof(
    fc.constantFrom(august, august + 1),
    fc.nat(40 * day).map((ms) => august - day + ms),
  ),
  id: fc.constantFrom("a", "b", 'q"\\', "é"),
  removes: fc.boolean(),
});

describe.for(aggregationNames.map((name) => ({ name })))("$name", ({ name }) => {
  const aggregation = aggregationOf(name);
  const window = windowOf(august, august + 31 * day, { timezone: "Asia/Kolkata" });
  const value = (all: readonly Sample[], before: readonly Sample[] = []) =>
    aggregation.value(stateOf(aggregation, all), { window, before: stateOf(aggregation, before) });
  const text = (all: readonly Sample[]) => aggregation.encode(stateOf(aggregation, all));

  test("comes to the same state in any order and any batches, also by way of text", () => {
    fc.assert(
      fc.property(fc.array(samples, { maxLength: 8 }), fc.nat(8), (all, at) => {
        const [head, tail] = [all.slice(0, at), all.slice(at)];
        const merged = (a: readonly Sample[], b: readonly Sample[]) =>
          aggregation.encode(aggregation.merge(stateOf(aggregation, a), stateOf(aggregation, b)));
        expect(text(all.toReversed())).toBe(text(all));
        expect(merged(head, tail)).toBe(text(all));
        expect(merged(tail, head)).toBe(text(all));
        expect(merged(all, [])).toBe(text(all));
        expect(merged([], all)).toBe(text(all));
        expect(aggregation.encode(aggregation.decode(text(all)))).toBe(text(all));
        const read = aggregation.decode(text(all));
        expect(aggregation.value(read, { window, before: aggregation.empty() })).toEqual(value(all));
      }),
      { seed: 1 },
    );
  });

  test("leaves the second state of a merge as it was, and makes an empty one each time", () => {
    fc.assert(
      fc.property(fc.array(samples, { maxLength: 4 }), fc.array(samples, { maxLength: 4 }), (a, b) => {
        const second = stateOf(aggregation, b);
        const merged = aggregation.merge(stateOf(aggregation, a), second);
        for (const one of a) aggregation.add(merged, one);
        expect(aggregation.encode(second)).toBe(text(b));
        expect(aggregation.encode(aggregation.empty())).toBe(text([]));
      }),
      { seed: 2 },
    );
  });

  test("looks before its window exactly where it carries", () => {
    const before = [{ quantity: 5, text: "x", time: august - hour, id: "z", removes: false }];
    expect(JSON.stringify(exact(value([], before))) !== JSON.stringify(exact(value([])))).toBe(aggregation.carries);
  });
});

function exact(value: Decimal | null): string | null {
  return value === null ? null : `${value.digits}/${value.scale}`;
}
