import { add, type Decimal, decimal, decimalOf, zero } from "@farthing/money";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AggregationName } from "../meter.ts";
import { aggregationOf } from "./index.ts";

const quantities: fc.Arbitrary<number | Decimal> = fc.oneof(
  fc.maxSafeInteger(),
  fc.tuple(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), fc.nat(11)).map(([n, s]) => decimal(`${n}e-${s}`)),
);
const decimalFrom = (quantity: number | Decimal) => (typeof quantity === "number" ? decimalOf(quantity) : quantity);

const names = {
  count: { of: (all: readonly unknown[]): Decimal => decimalOf(all.length), needsValue: false },
  sum: {
    of: (all: readonly (number | Decimal)[]): Decimal => all.map(decimalFrom).reduce(add, zero),
    needsValue: true,
  },
} satisfies Record<AggregationName, object>;

describe.for(Object.entries(names))("%s", ([name, { of, needsValue }]) => {
  const aggregation = aggregationOf(name as AggregationName);
  const fold = (all: readonly (number | Decimal)[]) => all.reduce(aggregation.add, aggregation.empty);

  test("says whether it needs a value", () => {
    expect(aggregation.needsValue).toBe(needsValue);
  });

  test("of nothing is nought", () => {
    expect(aggregation.value(aggregation.empty)).toEqual(zero);
  });

  test("comes to the same in any order and any batches, also by way of text", () => {
    fc.assert(
      fc.property(fc.array(quantities, { maxLength: 8 }), fc.nat(8), (all, at) => {
        const [a, b] = [fold(all.slice(0, at)), fold(all.slice(at))];
        expect(aggregation.value(fold(all))).toEqual(of(all));
        expect(aggregation.value(fold(all.toReversed()))).toEqual(of(all));
        expect(aggregation.merge(a, b)).toEqual(fold(all));
        expect(aggregation.merge(b, a)).toEqual(fold(all));
        expect(aggregation.merge(fold(all), aggregation.empty)).toEqual(fold(all));
        expect(aggregation.decode(aggregation.encode(fold(all)))).toEqual(fold(all));
      }),
      { seed: 1 },
    );
  });
});
