import { decimal, formatPicos, one } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { rateFlat } from "./index.ts";

describe("rateFlat", () => {
  test.for([
    { amount: "30", periods: "1", charge: "30", why: "a period costs its amount" },
    { amount: "0", periods: "1", charge: "0", why: "a period may be free" },
    { amount: "9.99", periods: "3", charge: "29.97", why: "periods add up" },
    { amount: "30", periods: "0.5", charge: "15", why: "half a period costs half" },
    { amount: "0.000000000001", periods: "0.5", charge: "0", why: "half a pico rounds to the even nought" },
    { amount: "0.000000000003", periods: "0.5", charge: "0.000000000002", why: "one and a half picos round to two" },
    { amount: "30", periods: "-1", charge: "-30", why: "a period taken back is a credit" },
  ])("charges $charge for $periods periods at $amount: $why", ({ amount, periods, charge }) => {
    expect(formatPicos(rateFlat({ amount: decimal(amount) }, { of: decimal(periods), per: one }))).toBe(charge);
  });

  test.for([
    { of: "31", per: "31", charge: "30", why: "all of it" },
    { of: "10", per: "31", charge: "9.677419354839", why: "rounded to picos once" },
    { of: "1", per: "3", charge: "10", why: "which may come out even" },
    { of: "0", per: "31", charge: "0", why: "none of it" },
  ])("charges $charge for $of of $per days at 30: $why", ({ of, per, charge }) => {
    expect(formatPicos(rateFlat({ amount: decimal("30") }, { of: decimal(of), per: decimal(per) }))).toBe(charge);
  });
});
