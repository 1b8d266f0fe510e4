import { decimal } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { groupCovers, isMetered, type Price } from "./index.ts";
import { keyPrices } from "./price-keys.ts";

const perUnit = (meter: string, more: object = {}) =>
  ({ model: "per_unit", meter, unitPrice: decimal("2"), ...more }) as const;
const flat = (more: object = {}) => ({ model: "flat", amount: decimal("5"), timing: "in_advance", ...more }) as const;

test("tells prices on a meter from the others", () => {
  const prices: readonly Price[] = [
    { ...flat(), key: "base" },
    { ...perUnit("calls"), key: "calls" },
  ];
  expect(prices.filter(isMetered).map(({ meter }) => meter)).toEqual(["calls"]);
});

describe("groupCovers", () => {
  const cases: {
    group?: Record<string, string>;
    values: Record<string, string | null>;
    covers: boolean;
    why: string;
  }[] = [
    { values: { model: "a" }, covers: true, why: "a price without a group takes all" },
    { group: { model: "a" }, values: { model: "a", region: "eu" }, covers: true, why: "other names are free" },
    { group: { model: "a" }, values: { model: "b" }, covers: false, why: "the value is another" },
    { group: { model: "a" }, values: { model: "A" }, covers: false, why: "case matters" },
    { group: { model: "a" }, values: { model: null }, covers: false, why: "the event has no value" },
    { group: { model: "a" }, values: {}, covers: false, why: "the meter has no such group" },
    { group: { model: "a", region: "eu" }, values: { model: "a", region: "us" }, covers: false, why: "all must match" },
    { group: { toString: "a" }, values: {}, covers: false, why: "nothing is inherited" },
  ];
  test.for(cases)("says $covers: $why", ({ group, values, covers }) => {
    expect(groupCovers(group, values)).toBe(covers);
  });
});

describe("keyPrices", () => {
  test.for([
    { prices: [perUnit("calls"), flat()], keys: ["calls", "flat"], why: "a key is made of what is priced" },
    { prices: [perUnit("calls", { key: "k" })], keys: ["k"], why: "an own key stays" },
    { prices: [perUnit("calls"), perUnit("calls")], keys: ["calls", "calls-2"], why: "a made key is not used twice" },
    { prices: [flat(), flat({ key: "flat" })], keys: ["flat-2", "flat"], why: "an own key comes before a made one" },
    {
      prices: [perUnit("t", { group: { b: "gpt 4/o", a: "eu" } }), perUnit("t")],
      keys: ["t:eu:gpt-4-o", "t"],
      why: "group values follow the meter, by name, in letters that keys have",
    },
    {
      prices: [perUnit("m".repeat(128), {}), perUnit("m".repeat(128), {})],
      keys: ["m".repeat(100), `${"m".repeat(100)}-2`],
      why: "a made key stays within the length of keys",
    },
  ])("makes $keys: $why", ({ prices, keys }) => {
    const keyed = keyPrices(prices);
    expect(keyed.ok && keyed.value.map(({ key }) => key)).toEqual(keys);
  });

  test("refuses a key that is used twice, and says where", () => {
    expect(keyPrices([flat({ key: "a" }), flat({ key: "b" }), perUnit("calls", { key: "a" })])).toEqual({
      ok: false,
      error: {
        code: "invalid_request",
        issues: [{ path: "prices.2.key", message: "Another price of the plan has this key." }],
      },
    });
  });
});
