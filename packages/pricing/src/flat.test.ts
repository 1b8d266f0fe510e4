import { decimal, formatPicos, zero } from "@farthing/money";
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
    expect(formatPicos(rateFlat({ amount: decimal(amount) }, decimal(periods)))).toBe(charge);
  });

  test("charges one period where none is named, and nothing for none", () => {
    expect(formatPicos(rateFlat({ amount: decimal("4.5") }))).toBe("4.5");
    expect(formatPicos(rateFlat({ amount: decimal("4.5") }, zero))).toBe("0");
  });
});
