import fc from "fast-check";
import type { OraclePrice } from "./rate-oracle.fixture.ts";

const decimalText = (most: bigint, scale: number): fc.Arbitrary<string> =>
  fc.bigInt({ min: 0n, max: most }).map((digits) => {
    const text = digits.toString().padStart(scale + 1, "0");
    return scale === 0 ? text : `${text.slice(0, -scale)}.${text.slice(-scale)}`;
  });
const money = fc.oneof(decimalText(10n ** 13n, 12), decimalText(500n, 2));
const positive = fc.constantFrom("1", "3", "7", "0.3", "1000000");

/** Quantities around the bounds of the prices below. */
export const quantities: fc.Arbitrary<string> = fc.oneof(
  decimalText(4000n, 2),
  decimalText(40n, 0),
  decimalText(10n ** 9n, 6),
);

const bounds = fc
  .uniqueArray(fc.integer({ min: 1, max: 30 }), { maxLength: 3 })
  .map((all) => [...all.sort((a, b) => a - b).map((bound) => (bound % 2 === 0 ? `${bound}` : `${bound}.5`)), null]);

function tiersOf(fields: fc.Arbitrary<object>): fc.Arbitrary<OraclePrice["tiers"]> {
  return bounds.chain((all) => fc.tuple(...all.map((upTo) => fields.map((rest) => ({ upTo, ...rest })))));
}

const some = (all: Record<string, fc.Arbitrary<unknown>>, requiredKeys: string[]) => fc.record(all, { requiredKeys });
const converts = some(
  {
    by: fc.constantFrom("10", "0.25"),
    op: fc.constantFrom("divide", "multiply"),
    round: fc.constantFrom("up", "down"),
  },
  ["by", "op"],
);
const terms = some(
  {
    convert: converts,
    freeUnits: fc.constantFrom("0", "2", "5.5"),
    discount: fc.constantFrom("0", "0.125", "0.3", "1"),
    maximum: money,
  },
  [],
);
const unitTiers = tiersOf(some({ unitPrice: money, flat: money }, ["unitPrice"]));

function priceOf(model: string, fields: fc.Arbitrary<object>): fc.Arbitrary<OraclePrice> {
  return fc.tuple(fields, terms).map(([own, carried]) => ({ model, ...own, ...carried }));
}

const perUnit = priceOf("per_unit", some({ unitPrice: money, per: positive }, ["unitPrice"]));
const tiered = { tiers: unitTiers, per: positive, chargeZero: fc.boolean() };
const graduated = priceOf("graduated", some(tiered, ["tiers"]));
const volume = priceOf("volume", some(tiered, ["tiers"]));
const packaged = priceOf("package", fc.record({ size: positive, amount: money }));
const rates = tiersOf(some({ rate: money, fixed: money }, ["rate"]));
const graduatedPercentage = priceOf("graduated_percentage", fc.record({ tiers: rates }));
const capacity = priceOf("capacity", fc.record({ tiers: tiersOf(fc.record({ amount: money })) }));
const dynamic = priceOf("dynamic", some({ multiplier: money }, []));

/** Prices under which more usage never costs less. */
export const monotone = fc.oneof(perUnit, graduated, packaged, graduatedPercentage, dynamic);

/** Prices of every model that rates quantities. */
export const prices = fc.oneof(monotone, volume, capacity);
