import { type AppliedCoupon, couponEnd } from "./coupon-discount.ts";
import type { LineDraft } from "./line-draft.ts";
import { periodAt, periodsOf } from "./period-at.ts";
import type { RatingOrder } from "./seal-rating.ts";
import type { Terms } from "./terms.ts";

/** What of a rating tells which periods run. */
type Running = Pick<RatingOrder, "windows" | "timezone">;

/** Where the earliest period begins that runs at an instant: of the subscription then, or the month of direct charges. Units: ms. */
export function openFrom({ windows, timezone }: Running, instantMs: number): number {
  const months = periodAt(instantMs, { interval: "month", timezone }).from;
  const starts = windows
    .filter(({ from, to }) => from <= instantMs && instantMs < to)
    .map(({ subscription }) => periodAt(instantMs, periodsOf(subscription)).from);
  return Math.min(months, ...starts);
}

/**
 * From where on a seal works out anew what is taken off charges: the first period that it changes, or that a coupon or a grant
 * reaches which the last seal did not know; widened until no coupon's period is cut in two. Infinite where nothing is new.
 *
 * Units: milliseconds.
 */
export function termsFrom(order: RatingOrder, drafts: readonly LineDraft[], { coupons, grants }: Terms): number {
  const known = order.chain.latest?.terms;
  const ended = new Map(known?.coupons.map(({ id, removedAt }) => [id, removedAt]));
  const reached = [
    ...coupons.filter(({ id }) => !ended.has(id)).map(({ start }) => start),
    ...coupons.flatMap(({ id, removedAt }) =>
      removedAt !== undefined && ended.get(id) !== removedAt ? removedAt : [],
    ),
    ...grants.filter(({ id }) => !Object.hasOwn(known?.grants ?? {}, id)).map(({ startsAt }) => startsAt),
  ];
  const changed = drafts.map(({ key }) => key.periodFrom);
  let from = Math.min(Number.POSITIVE_INFINITY, ...changed, ...reached.map((instant) => openFrom(order, instant)));
  for (;;) {
    const wider = Math.min(from, ...coupons.map((coupon) => bucketFrom(order, coupon, from)));
    if (wider === from) return from;
    from = wider;
  }
}

/** Where the first line may begin that shares a coupon's period with lines that begin at `from`. */
function bucketFrom(order: Running, coupon: AppliedCoupon, from: number): number {
  const { content, start, cycle } = coupon;
  const running = openFrom(order, start);
  if ("percent" in content.off || from <= running || from >= couponEnd(coupon)) return from;
  const period = periodAt(Math.max(from, start), cycle).from;
  return Math.min(from, period <= start ? running : period);
}
