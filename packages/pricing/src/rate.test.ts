import { add, decimal, minus, negate, noMoney, type Picos, sum } from "@farthing/money";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type QuantityPrice, rate } from "./index.ts";
import { charged, priceOf } from "./models.fixture.ts";
import { monotone, prices, quantities } from "./rate.fixture.ts";
import { type OraclePrice, oracle } from "./rate-oracle.fixture.ts";

const unit = { model: "per_unit", unitPrice: "2" };

describe("what prices on usage may carry", () => {
  test.for([
    { terms: { freeUnits: "10" }, quantity: "10", charge: "0", why: "what is free costs nothing, its bound with it" },
    { terms: { freeUnits: "10" }, quantity: "10.5", charge: "1", why: "what is past it costs" },
    { terms: { freeUnits: "0" }, quantity: "1", charge: "2", why: "nothing is free" },
    { terms: { discount: "0.25" }, quantity: "1", charge: "1.5", why: "a quarter is off" },
    { terms: { discount: "1" }, quantity: "1", charge: "0", why: "all is off" },
    { terms: { maximum: "3" }, quantity: "1.5", charge: "3", why: "the cap itself is charged" },
    { terms: { maximum: "3" }, quantity: "100", charge: "3", why: "nothing past the cap" },
    { terms: { maximum: "0" }, quantity: "100", charge: "0", why: "a cap of nought" },
    { terms: { maximum: "3", discount: "0.5" }, quantity: "2", charge: "2", why: "the discount comes before the cap" },
    { terms: { maximum: "3", discount: "0.5" }, quantity: "9", charge: "3", why: "which caps what is left" },
    { terms: { freeUnits: "1", discount: "0.5" }, quantity: "3", charge: "2", why: "what is free comes first" },
    { terms: { freeUnits: "10" }, quantity: "-5", charge: "0", why: "what was free is not paid out" },
    { terms: { freeUnits: "10" }, quantity: "-11", charge: "-2", why: "what was charged is" },
    { terms: { maximum: "3" }, quantity: "-100", charge: "-3", why: "a credit is capped as the charge was" },
    {
      terms: { convert: { by: "1000", op: "divide", round: "up" } },
      quantity: "1400",
      charge: "4",
      why: "two begun thousands",
    },
    {
      terms: { convert: { by: "1000", op: "divide", round: "up" }, freeUnits: "0.5" },
      quantity: "1400",
      charge: "3",
      why: "what is free is counted as converted",
    },
    {
      terms: { convert: { by: "1000", op: "divide", round: "up" } },
      quantity: "-1",
      charge: "-2",
      why: "also given back",
    },
    { terms: { minimum: "50" }, quantity: "1", charge: "2", why: "a commitment is no part of the usage" },
  ])("charges $charge for $quantity: $why", ({ terms, quantity, charge }) => {
    expect(charged({ ...unit, ...terms }, quantity)).toBe(charge);
  });

  test("rounds once, after the discount", () => {
    const price = { model: "per_unit", unitPrice: "0.000000000001", discount: "0.5" };
    expect(["1", "2", "3"].map((quantity) => charged(price, quantity))).toEqual([
      "0",
      "0.000000000001",
      "0.000000000002",
    ]);
  });
});

const rateOf = (body: OraclePrice, quantity: string): Picos => rate(priceOf(body) as QuantityPrice, decimal(quantity));

describe("any price that rates quantities", () => {
  test("comes to what an oracle in fractions says, to the last pico", () => {
    fc.assert(
      fc.property(prices, quantities, (body, quantity) => {
        expect(rateOf(body, quantity)).toBe(oracle(body, quantity));
      }),
      { numRuns: 3000, seed: 1 },
    );
  });

  test("never charges less for more, where its model says so", () => {
    fc.assert(
      fc.property(monotone, quantities, quantities, fc.boolean(), (body, a, b, isBack) => {
        const price = priceOf(body) as QuantityPrice;
        const [x, y] = isBack ? [negate(decimal(a)), negate(decimal(b))] : [decimal(a), decimal(b)];
        const isLess = add(x, negate(y)).digits <= 0n;
        const [less, more] = isLess ? [x, y] : [y, x];
        expect(rate(price, less) <= rate(price, more)).toBe(true);
      }),
      { numRuns: 1000, seed: 2 },
    );
  });

  test("grows in steps, however usage is split, by what the whole comes to", () => {
    fc.assert(
      fc.property(prices, fc.array(quantities, { maxLength: 6 }), (body, steps) => {
        const price = priceOf(body) as QuantityPrice;
        let total = decimal("0");
        const growth = steps.map((step) => {
          const before = rate(price, total);
          total = add(total, decimal(step));
          return minus(rate(price, total), before);
        });
        expect(sum([rate(price, decimal("0")), ...growth])).toBe(rate(price, total));
      }),
      { numRuns: 500, seed: 3 },
    );
  });

  test("gives back for usage below nought what the same above it adds", () => {
    fc.assert(
      fc.property(prices, quantities, (body, quantity) => {
        const price = priceOf(body) as QuantityPrice;
        const base = rate(price, decimal("0"));
        const [up, down] = [rate(price, decimal(quantity)), rate(price, negate(decimal(quantity)))];
        expect(minus(up, base)).toBe(minus(base, down));
        if (!body.chargeZero) expect(base).toBe(noMoney);
      }),
      { numRuns: 500, seed: 4 },
    );
  });

  test("with one tier, graduated or by volume, is a price per unit", () => {
    fc.assert(
      fc.property(
        quantities,
        fc.constantFrom("0.000000000007", "0.15", "3"),
        fc.constantFrom("1", "7", "1000000"),
        (quantity, unitPrice, per) => {
          const tiers = [{ upTo: null, unitPrice }];
          const perUnit = rateOf({ model: "per_unit", unitPrice, per }, quantity);
          expect(rateOf({ model: "graduated", tiers, per }, quantity)).toBe(perUnit);
          expect(rateOf({ model: "volume", tiers, per }, quantity)).toBe(perUnit);
        },
      ),
      { seed: 5 },
    );
  });
});
