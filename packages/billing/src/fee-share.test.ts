import { currency, picos } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { effectiveFee } from "./fee-share.ts";

const rule = (percent: string, fixed: string, more: object = {}) => ({
  method: "card",
  currency: currency("USD"),
  percent,
  fixed,
  ...more,
});
const card = rule("2.9", "0.30");
const micro = rule("5", "0.05");
const debit = rule("0.8", "0", { cap: "5.00" });

describe("effectiveFee", () => {
  test.for([
    { total: "1.00", fee: card, amount: "0.33", share: "33.00" },
    { total: "5.00", fee: card, amount: "0.44", share: "8.80" },
    { total: "20.00", fee: card, amount: "0.88", share: "4.40" },
    { total: "14.29", fee: card, amount: "0.71", share: "4.97" },
    { total: "0.01", fee: card, amount: "0.30", share: "3000.00" },
    { total: "1.00", fee: micro, amount: "0.10", share: "10.00" },
    { total: "20.00", fee: micro, amount: "1.05", share: "5.25" },
    { total: "625.00", fee: debit, amount: "5.00", share: "0.80" },
    { total: "625.01", fee: debit, amount: "5.00", share: "0.80" },
    { total: "10000.00", fee: debit, amount: "5.00", share: "0.05" },
    { total: "1.00", fee: rule("0.5", "0"), amount: "0.00", share: "0.00" },
  ])("of $total is $amount, a share of $share %", ({ total, fee, amount, share }) => {
    expect(effectiveFee(picos(total), fee)).toEqual({ method: "card", amount, share });
  });

  test("is in whole units of its currency", () => {
    const fee = { method: "card", currency: currency("JPY"), percent: "3.6", fixed: "0" };
    expect(effectiveFee(picos("125"), fee)).toEqual({ method: "card", amount: "4", share: "3.20" });
  });
});
