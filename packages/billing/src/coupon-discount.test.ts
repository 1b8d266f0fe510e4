import { currency, customerId, decimal, formatPicos, merchantId, picos } from "@farthing/money";
import type { Coupon } from "@farthing/pricing";
import { describe, expect, test } from "vitest";
import { type AppliedCoupon, type Discountable, discountsOf } from "./coupon-discount.ts";
import { month } from "./world.fixture.ts";

const usd = currency("USD");
const percent = (text: string) => ({ off: { percent: decimal(text) } });
const amount = (text: string, code = "USD") => ({ off: { amount: decimal(text), currency: currency(code) } });

function coupon(id: string, content: Partial<Coupon>, more: Partial<AppliedCoupon> = {}): AppliedCoupon {
  const merchant = merchantId("shop");
  const named = { merchant, key: id, version: 1, createdAt: 0, ...percent("10") };
  const applied = { merchant, customer: customerId("ann"), id, coupon: id, couponVersion: 1, start: month(2) };
  const cycle = { interval: "month", timezone: "UTC" } as const;
  return { ...applied, cycle, ...more, content: { ...named, ...content } };
}

function line(key: string, net: string, more: Partial<Discountable> = {}): Discountable {
  return { key, from: month(2), to: month(3), currency: usd, net: picos(net), ...more };
}

function taken(lines: readonly Discountable[], coupons: readonly AppliedCoupon[]): readonly string[] {
  const off = discountsOf(lines, coupons);
  return [...off]
    .flatMap(([key, by]) => Object.entries(by).map(([id, one]) => `${key} ${id} ${formatPicos(one)}`))
    .sort();
}

const april = { from: month(3), to: month(4) };
const june = { from: month(5), to: month(6) };

describe("discountsOf", () => {
  test.for<{ why: string; lines: Discountable[]; coupons: AppliedCoupon[]; off: string[] }>([
    {
      why: "takes a share of each line, half to even",
      lines: [line("a", "0.000000000005"), line("b", "2")],
      coupons: [coupon("x", percent("10"))],
      off: ["b x 0.2"],
    },
    {
      why: "takes a share of what is below nought too",
      lines: [line("a", "-3")],
      coupons: [coupon("x", percent("10"))],
      off: ["a x -0.3"],
    },
    {
      why: "takes an amount from all lines, by their shares",
      lines: [line("a", "30"), line("b", "10")],
      coupons: [coupon("x", amount("4"))],
      off: ["a x 3", "b x 1"],
    },
    {
      why: "gives the odd pico to the largest remainder, then to the first",
      lines: [line("a", "1"), line("b", "1"), line("c", "1")],
      coupons: [coupon("x", amount("0.000000000002"))],
      off: ["a x 0.000000000001", "b x 0.000000000001"],
    },
    {
      why: "takes no more than there is",
      lines: [line("a", "3")],
      coupons: [coupon("x", amount("4"))],
      off: ["a x 3"],
    },
    {
      why: "takes no more than lines come to together",
      lines: [line("a", "3"), line("b", "-2")],
      coupons: [coupon("x", amount("4"))],
      off: ["a x 1"],
    },
    {
      why: "takes nothing off what comes to nothing",
      lines: [line("a", "3"), line("b", "-3")],
      coupons: [coupon("x", amount("4"))],
      off: [],
    },
    {
      why: "takes percentages before amounts",
      lines: [line("a", "100")],
      coupons: [coupon("x", amount("50"), { start: month(2) - 9 }), coupon("y", percent("10"))],
      off: ["a x 50", "a y 10"],
    },
    {
      why: "takes each percentage of what is left",
      lines: [line("a", "100")],
      coupons: [coupon("y", percent("50")), coupon("x", percent("10"), { start: month(2) - 9 })],
      off: ["a x 10", "a y 45"],
    },
    {
      why: "takes amounts in the order of their giving",
      lines: [line("a", "100")],
      coupons: [coupon("y", amount("80")), coupon("x", amount("50"), { start: month(2) - 9 })],
      off: ["a x 50", "a y 50"],
    },
    {
      why: "takes an amount of its own currency alone",
      lines: [line("a", "3", { currency: currency("EUR") }), line("b", "3")],
      coupons: [coupon("x", amount("2", "EUR"))],
      off: ["a x 2"],
    },
    {
      why: "holds once: for the period that runs",
      lines: [line("a", "3"), line("b", "3", april)],
      coupons: [coupon("x", { ...percent("10"), periods: 1 }, { start: month(3) - 1 })],
      off: ["a x 0.3"],
    },
    {
      why: "holds for three periods",
      lines: [line("a", "3"), line("b", "3", april), line("c", "3", june)],
      coupons: [coupon("x", { ...percent("10"), periods: 3 })],
      off: ["a x 0.3", "b x 0.3"],
    },
    { why: "holds for ever", lines: [line("c", "3", june)], coupons: [coupon("x", percent("10"))], off: ["c x 0.3"] },
    {
      why: "holds not for what was over when it was given",
      lines: [line("a", "3")],
      coupons: [coupon("x", percent("10"), { start: month(3) })],
      off: [],
    },
    {
      why: "takes an amount anew each period, and what is not used up lapses",
      lines: [line("a", "3"), line("b", "9", april)],
      coupons: [coupon("x", amount("5"))],
      off: ["a x 3", "b x 5"],
    },
    {
      why: "counts a longer period where it begins",
      lines: [line("a", "30", { from: month(0), to: month(12) }), line("b", "10", april)],
      coupons: [coupon("x", { ...amount("4"), periods: 1 }, { start: month(2) + 5 })],
      off: ["a x 4"],
    },
    {
      why: "stays with what was over when it was removed, and leaves the rest",
      lines: [line("a", "3"), line("b", "3", april)],
      coupons: [coupon("x", percent("10"), { removedAt: month(3) })],
      off: ["a x 0.3"],
    },
    {
      why: "holds for its plans and meters alone",
      lines: [
        line("a", "3", { plan: "pro", meter: "m" }),
        line("b", "3", { plan: "pro" }),
        line("c", "3", { meter: "m" }),
      ],
      coupons: [coupon("x", { ...percent("10"), scope: { plans: ["pro"], meters: ["m"] } })],
      off: ["a x 0.3"],
    },
    {
      why: "takes all with a hundred percent",
      lines: [line("a", "3.000000000001")],
      coupons: [coupon("x", percent("100")), coupon("y", amount("5"))],
      off: ["a x 3.000000000001"],
    },
  ])("$why", ({ lines, coupons, off }) => {
    expect(taken(lines, coupons)).toEqual(off);
    expect(taken(lines.toReversed(), coupons.toReversed())).toEqual(off);
  });
});
