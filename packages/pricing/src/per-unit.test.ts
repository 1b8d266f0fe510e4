import { add, type Decimal, decimal, formatPicos, multiply, negate, type Picos, picos, sum } from "@farthing/money";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rate } from "./index.ts";

const ratePerUnit = (quantity: Decimal, price: { readonly unitPrice: Decimal; readonly per?: Decimal }): Picos =>
  rate({ model: "per_unit", meter: "m", ...price }, quantity);

const price = (unitPrice: string, per?: string) => ({
  unitPrice: decimal(unitPrice),
  ...(per === undefined ? {} : { per: decimal(per) }),
});

describe("per_unit", () => {
  test.for([
    { quantity: "0", unitPrice: "0.0004", charge: "0", why: "nothing was used" },
    { quantity: "10", unitPrice: "0", charge: "0", why: "the price is nought" },
    { quantity: "3", unitPrice: "0.0004", charge: "0.0012", why: "each unit costs its price" },
    { quantity: "2.5", unitPrice: "0.1", charge: "0.25", why: "parts of a unit cost their part" },
    { quantity: "-3", unitPrice: "0.0004", charge: "-0.0012", why: "negative usage is a credit" },
    { quantity: "1", unitPrice: "0.000000000001", charge: "0.000000000001", why: "a price may be one pico" },
    { quantity: "1", unitPrice: "0.15", per: "1000000", charge: "0.00000015", why: "a price may be for a million" },
    { quantity: "2747282740", unitPrice: "0.09", per: "1e9", charge: "0.2472554466", why: "bytes at a price a GB" },
    { quantity: "1", unitPrice: "1", per: "0.25", charge: "4", why: "a price may be for part of a unit" },
    { quantity: "1", unitPrice: "1", per: "3", charge: "0.333333333333", why: "a third rounds down on its total" },
    { quantity: "2", unitPrice: "1", per: "3", charge: "0.666666666667", why: "two thirds round up on their total" },
    { quantity: "3", unitPrice: "1", per: "3", charge: "1", why: "three thirds are whole: nothing rounded before" },
    { quantity: "0.4", unitPrice: "1e-12", charge: "0", why: "below half a pico rounds down" },
    { quantity: "0.5", unitPrice: "1e-12", charge: "0", why: "half a pico rounds to the even nought" },
    { quantity: "0.500001", unitPrice: "1e-12", charge: "0.000000000001", why: "past half a pico rounds up" },
    {
      quantity: "1.5",
      unitPrice: "1e-12",
      charge: "0.000000000002",
      why: "one and a half picos round to the even two",
    },
    { quantity: "-0.5", unitPrice: "1e-12", charge: "0", why: "a credit of half a pico rounds to the even nought" },
    { quantity: "-1.5", unitPrice: "1e-12", charge: "-0.000000000002", why: "a credit rounds as the charge does" },
    {
      quantity: "99999999999999999999",
      unitPrice: "12.5",
      charge: "1249999999999999999987.5",
      why: "totals run past 64 bits",
    },
  ])("charges $charge for $quantity at $unitPrice: $why", ({ quantity, unitPrice, per, charge }) => {
    expect(formatPicos(ratePerUnit(decimal(quantity), price(unitPrice, per)))).toBe(charge);
  });

  const quantities = fc
    .record({ digits: fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), scale: fc.integer({ min: 0, max: 9 }) })
    .map(({ digits, scale }) => add({ digits, scale }, { digits: 0n, scale }));
  const prices = fc
    .record({ digits: fc.bigInt({ min: 0n, max: 10n ** 13n }), scale: fc.integer({ min: 0, max: 12 }) })
    .map((unitPrice) => ({ unitPrice }));
  const pers = fc.bigInt({ min: 1n, max: 10n ** 9n }).map((digits) => ({ digits, scale: 0 }));

  test("never charges less for more", () => {
    fc.assert(
      fc.property(quantities, quantities, prices, pers, (a, b, { unitPrice }, per) => {
        const [x, y] = [ratePerUnit(a, { unitPrice, per }), ratePerUnit(b, { unitPrice, per })];
        const more = add(a, negate(b)).digits;
        expect(more === 0n ? x === y : more > 0n ? x >= y : x <= y).toBe(true);
      }),
    );
  });

  test("charges parts, in any order, as it charges the whole wherever each part is exact", () => {
    const whole = fc.array(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), { maxLength: 8 });
    fc.assert(
      fc.property(
        whole,
        fc.bigInt({ min: 0n, max: 10n ** 9n }),
        fc.integer({ min: 0, max: 12 }),
        (parts, digits, scale) => {
          const unitPrice = { digits, scale };
          const charge = (part: bigint): Picos => ratePerUnit({ digits: part, scale: 0 }, { unitPrice });
          const total = parts.reduce((a, b) => a + b, 0n);
          expect(sum(parts.map(charge))).toBe(charge(total));
          expect(sum(parts.toReversed().map(charge))).toBe(charge(total));
        },
      ),
    );
  });

  test("is off by half a pico at most, once, however fine the division", () => {
    fc.assert(
      fc.property(quantities, prices, pers, (quantity, { unitPrice }, per) => {
        const charged = multiply({ digits: ratePerUnit(quantity, { unitPrice, per }), scale: 12 }, per);
        const gap: Decimal = add(charged, negate(multiply(unitPrice, quantity)));
        const half = multiply(per, { digits: 5n, scale: 13 });
        expect(add(half, negate(gap)).digits >= 0n && add(half, gap).digits >= 0n).toBe(true);
      }),
    );
  });
});

test("a charge is the same as the known sum of a real month", () => {
  const requests = ratePerUnit(decimal("10000"), price("0.0004"));
  const bytes = ratePerUnit(decimal("2747282740"), price("0.09", "1000000000"));
  expect(sum([requests, bytes])).toBe(picos("4.2472554466"));
});
