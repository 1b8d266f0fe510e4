import { decimal, formatPicos, picos } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { baseOf, isMetered, minimumOf, trueUp } from "./index.ts";
import { priceOf } from "./models.fixture.ts";

const whole = ["1", "1"] as const;

describe("trueUp", () => {
  test.for([
    { minimum: "10", charged: "8", part: whole, owed: "2", why: "what is missing" },
    { minimum: "10", charged: "10", part: whole, owed: "0", why: "nothing, where it is reached" },
    { minimum: "10", charged: "12", part: whole, owed: "0", why: "nothing is paid back" },
    { minimum: "10", charged: "-3", part: whole, owed: "13", why: "a credit is made up for" },
    { minimum: "10", charged: "8", part: ["25", "28"] as const, owed: "0.928571428571", why: "a part of the period" },
    { minimum: "10", charged: "0", part: ["0", "28"] as const, owed: "0", why: "no part of it" },
  ])("of $minimum with $charged charged is $owed: $why", ({ minimum, charged, part: [of, per], owed }) => {
    const part = { of: decimal(of), per: decimal(per) };
    expect(formatPicos(trueUp(decimal(minimum), { charged: picos(charged), part }))).toBe(owed);
  });
});

const percentage = { model: "percentage", rate: "0.1", minimum: "1" };
const owed = { model: "volume", tiers: [{ upTo: null, unitPrice: "1", flat: "2" }], chargeZero: true };
test.for([
  { price: { model: "dynamic" }, minimum: undefined, base: "0" },
  { price: { model: "dynamic", minimum: "0" }, minimum: undefined, base: "0" },
  { price: { model: "dynamic", minimum: "4" }, minimum: "4", base: "0" },
  { price: percentage, minimum: undefined, base: "0" },
  { price: { ...percentage, periodMinimum: "3" }, minimum: "3", base: "0" },
  { price: owed, minimum: undefined, base: "2" },
  { price: { ...owed, discount: "0.5", maximum: "0.75" }, minimum: undefined, base: "0.75" },
  { price: { ...owed, chargeZero: false }, minimum: undefined, base: "0" },
])("$price owes a minimum of $minimum, and $base without usage", ({ price, minimum, base }) => {
  const made = { ...priceOf(price), key: "k" };
  if (!isMetered(made) || made.model === "matrix") throw new Error("no price of this test");
  expect(minimumOf(made)).toEqual(minimum === undefined ? undefined : decimal(minimum));
  expect(formatPicos(baseOf(made))).toBe(base);
});
