import { divideRounded, least, minus, noMoney, type Picos, picosFrom, roundToPicos, sum } from "@farthing/money";
import type { Coupon, CouponOff } from "@farthing/pricing";
import { type Coverable, inScope } from "@farthing/wallet";
import { byApplication, type CouponApplication } from "./coupon-application.ts";
import { periodAt } from "./period-at.ts";
import { shareOut } from "./share-out.ts";

/** A coupon that a customer has, with what it says. */
export interface AppliedCoupon extends CouponApplication {
  readonly content: Coupon;
}

/** A line that coupons may hold for: grants ask for the units behind it as well. */
export type Discountable = Omit<Coverable, "units">;

/** What is taken off each line, by line and by coupon. Units: picos. */
export type Discounts = ReadonlyMap<string, Readonly<Record<string, Picos>>>;

/**
 * Takes coupons off lines, whatever order either comes in. Percentages come before amounts, and of each kind what was applied
 * first: each takes its part of what those before it left. An amount is taken once a period of its coupon, from all lines of
 * it by their shares, and never more than they come to.
 *
 * Source: docs/pricing.md, "Coupons".
 */
export function discountsOf(lines: readonly Discountable[], coupons: readonly AppliedCoupon[]): Discounts {
  const sorted = [...lines].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  const left = new Map(sorted.map(({ key, net }) => [key, net]));
  const off = new Map<string, Record<string, Picos>>();
  for (const coupon of inOrder(coupons)) {
    for (const bucket of bucketsOf(coupon, sorted)) {
      const nets = bucket.map(({ key }) => left.get(key) ?? noMoney);
      for (const [index, taken] of takenFrom(coupon.content.off, nets).entries()) {
        const key = bucket[index]?.key ?? "";
        if (taken === 0n) continue;
        left.set(key, minus(left.get(key) ?? noMoney, taken));
        off.set(key, { ...off.get(key), [coupon.id]: taken });
      }
    }
  }
  return off;
}

function inOrder(coupons: readonly AppliedCoupon[]): readonly AppliedCoupon[] {
  const sorted = [...coupons].sort(byApplication);
  const isPercent = ({ content }: AppliedCoupon) => "percent" in content.off;
  return [...sorted.filter(isPercent), ...sorted.filter((coupon) => !isPercent(coupon))];
}

/** Where the periods of a coupon end; infinite where it holds for ever. Units: milliseconds. */
export function couponEnd({ start, cycle, content }: AppliedCoupon): number {
  if (content.periods === undefined) return Number.POSITIVE_INFINITY;
  let end = start;
  for (let period = 0; period < content.periods; period++) end = periodAt(end, cycle).to;
  return end;
}

/**
 * The lines that a coupon holds for, those of one of its periods together: a line whose period was running when it was applied
 * is of its first, any other of the one in which it begins. In periods that were not over when it was removed it holds for nothing.
 */
function bucketsOf(coupon: AppliedCoupon, lines: readonly Discountable[]): readonly (readonly Discountable[])[] {
  const { start, cycle, content, removedAt = Number.POSITIVE_INFINITY } = coupon;
  const end = couponEnd(coupon);
  const held = lines.filter(
    (line) =>
      line.to > start &&
      line.to <= removedAt &&
      line.from < end &&
      inScope(content.scope, line) &&
      (!("currency" in content.off) || content.off.currency === line.currency),
  );
  const periodOf = ({ from }: Discountable) => periodAt(Math.max(from, start), cycle).from;
  return [...Map.groupBy(held, periodOf).values()];
}

function takenFrom(off: CouponOff, nets: readonly Picos[]): readonly Picos[] {
  if ("amount" in off) {
    const taken = least(sum(nets), roundToPicos(off.amount, "down"));
    const positive = nets.map((net) => (net > 0n ? net : noMoney));
    return taken > 0n ? shareOut(taken, positive) : nets.map(() => noMoney);
  }
  const { digits, scale } = off.percent;
  const whole = 100n * 10n ** BigInt(scale);
  return nets.map((net) => picosFrom(divideRounded(net * digits, whole, "half-even")));
}
