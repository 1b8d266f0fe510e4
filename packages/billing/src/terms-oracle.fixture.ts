import type { Grant } from "@farthing/wallet";
import { at12, type Booked, booked, bump, lesser, nearest } from "./booked-charges.fixture.ts";
import type { AppliedCoupon } from "./coupon-discount.ts";
import type { Seal } from "./seal.ts";
import type { TaxProfile } from "./seal-terms.ts";

/** What coupons, grants and taxes come to, all in all. Units: picos, and 10⁻¹² units. */
export interface Expected {
  readonly off: ReadonlyMap<string, bigint>;
  readonly drawn: ReadonlyMap<string, bigint>;
  readonly taxes: ReadonlyMap<string, bigint>;
  readonly nets: readonly bigint[];
}

const utcMonth = (time: number) => {
  const date = new Date(time);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
};
const monthsOn = (time: number, count: number) => {
  const date = new Date(time);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + count);
};

interface Charge extends Booked {
  readonly plan: string | undefined;
  left: bigint;
  covered: bigint;
}

/** What the rules are worked out on: subscriptions are of `plans`, periods UTC months. */
export interface Rules {
  readonly coupons: readonly AppliedCoupon[];
  readonly grants: readonly Grant[];
  readonly profile: TaxProfile | undefined;
  readonly plans: Readonly<Record<string, string>>;
}

/**
 * What terms come to on the charges of seals, worked out from the rules as the document has them: charge by charge, with
 * integers and loops, and nothing of what the product computes with.
 */
export function expectedTerms(seals: readonly Seal[], { coupons, grants, profile, plans }: Rules): Expected {
  const charges: readonly Charge[] = booked(seals).map((one) => ({
    ...one,
    plan: plans[one.subscription ?? ""],
    left: one.exact,
    covered: 0n,
  }));
  const off = new Map<string, bigint>();
  const order = [...coupons].sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1));
  for (const coupon of order) if ("percent" in coupon.content.off) takeShare(charges, coupon, off);
  for (const coupon of order) if ("amount" in coupon.content.off) takeAmounts(charges, coupon, off);
  const nets = charges.map(({ left }) => left);
  const drawn = drawAll(charges, grants);
  return { off, drawn, taxes: taxAll(charges, profile), nets };
}

function heldBy({ start, removedAt, content: { periods, scope } }: AppliedCoupon, one: Charge): boolean {
  const last = periods === undefined ? Number.POSITIVE_INFINITY : monthsOn(utcMonth(start), periods);
  if (one.to <= start || one.from >= last) return false;
  if (removedAt !== undefined && one.to > removedAt) return false;
  if (scope?.meters !== undefined && !scope.meters.includes(one.meter ?? "")) return false;
  return scope?.plans === undefined || scope.plans.includes(one.plan ?? "");
}

function takeShare(charges: readonly Charge[], coupon: AppliedCoupon, off: Map<string, bigint>): void {
  if (!("percent" in coupon.content.off)) return;
  for (const one of charges.filter((charge) => heldBy(coupon, charge))) {
    const cut = nearest(one.left * at12(coupon.content.off.percent), 100n * whole);
    one.left -= cut;
    bump(off, coupon.id, cut);
  }
}

function takeAmounts(charges: readonly Charge[], coupon: AppliedCoupon, off: Map<string, bigint>): void {
  if (!("amount" in coupon.content.off)) return;
  const { amount, currency } = coupon.content.off;
  const mine = charges.filter((one) => one.currency === currency && heldBy(coupon, one));
  const cycleOf = ({ from }: Charge) => utcMonth(Math.max(from, coupon.start));
  for (const cycle of new Set(mine.map(cycleOf))) {
    const bucket = mine.filter((one) => cycleOf(one) === cycle).sort((a, b) => (a.name < b.name ? -1 : 1));
    const all = bucket.reduce((sum, one) => sum + one.left, 0n);
    const cut = lesser(all, at12(amount));
    if (cut <= 0n) continue;
    shareBetween(bucket, cut);
    bump(off, coupon.id, cut);
  }
}

/** Hands a cut out by shares, then pico by pico to whoever has the most of one left over. */
function shareBetween(bucket: readonly Charge[], cut: bigint): void {
  const weights = bucket.map(({ left }) => (left > 0n ? left : 0n));
  const all = weights.reduce((a, b) => a + b, 0n);
  const shares = weights.map((weight) => (cut * weight) / all);
  const rest = weights.map((weight) => (cut * weight) % all);
  for (let over = cut - shares.reduce((a, b) => a + b, 0n); over > 0n; over--) {
    const most = rest.reduce((best, one, index) => (one > (rest[best] ?? -1n) ? index : best), 0);
    shares[most] = (shares[most] ?? 0n) + 1n;
    rest[most] = -1n;
  }
  for (const [index, one] of bucket.entries()) one.left -= shares[index] ?? 0n;
}

const far = Number.MAX_SAFE_INTEGER;

function drawAll(charges: readonly Charge[], grants: readonly Grant[]): ReadonlyMap<string, bigint> {
  const [drawn, before, after] = [new Map<string, bigint>(), new Map<string, bigint>(), new Map<string, bigint>()];
  const ranked = [...grants].sort(
    (a, b) =>
      a.priority - b.priority ||
      (a.expiresAt ?? far) - (b.expiresAt ?? far) ||
      a.createdAt - b.createdAt ||
      (a.id < b.id ? -1 : 1),
  );
  const inTurn = [...charges].sort((a, b) => a.from - b.from || a.to - b.to || (a.name < b.name ? -1 : 1));
  const grantsInTurn = [
    ...ranked.filter(({ meter }) => meter !== undefined),
    ...ranked.filter(({ meter }) => meter === undefined),
  ];
  for (const one of inTurn.filter(({ left }) => left > 0n)) {
    const net = one.left;
    for (const grant of grantsInTurn.filter((candidate) => mayCover(candidate, one))) {
      const isUnits = grant.meter !== undefined;
      const isLate = grant.expiresAt !== undefined && one.from >= grant.expiresAt;
      const has = isLate ? rolled(grant, before, after) : at12(grant.granted) - (before.get(grant.id) ?? 0n);
      const open = isUnits ? one.units - one.covered : one.left;
      const take = lesser(has, open);
      if (take <= 0n) continue;
      bump(isLate ? after : before, grant.id, take);
      const worth = isUnits ? nearest(net * (one.covered + take), one.units) - (net - one.left) : take;
      one.left -= worth;
      if (isUnits) one.covered += take;
      bump(drawn, grant.id, worth);
    }
  }
  return drawn;
}

function rolled(grant: Grant, before: ReadonlyMap<string, bigint>, after: ReadonlyMap<string, bigint>): bigint {
  const left = at12(grant.granted) - (before.get(grant.id) ?? 0n);
  const most = grant.rollOver?.maximum === undefined ? left : at12(grant.rollOver.maximum);
  return lesser(most, left) - (after.get(grant.id) ?? 0n);
}

function mayCover({ startsAt, expiresAt, rollOver, scope, meter, currency }: Grant, one: Charge): boolean {
  if (one.to <= startsAt || one.from >= (rollOver?.until ?? expiresAt ?? far)) return false;
  if (scope?.meters !== undefined && !scope.meters.includes(one.meter ?? "")) return false;
  if (meter === undefined) return currency === one.currency;
  return meter === one.meter && one.units > 0n;
}

const whole = 10n ** 12n;

function taxAll(charges: readonly Charge[], profile: TaxProfile | undefined): ReadonlyMap<string, bigint> {
  const bases = new Map<string, { charged: bigint; rate: bigint; of: bigint }>();
  for (const one of charges) {
    const rule = profile?.rules.find(({ meters }) => meters === undefined || meters.includes(one.meter ?? ""));
    if (rule === undefined) continue;
    const name = `${one.currency} ${rule.treatment.name}`;
    const rate = rateOf(rule.treatment.rate);
    const charged = (bases.get(name)?.charged ?? 0n) + one.left;
    bases.set(name, { charged, rate, of: rule.treatment.kind === "inclusive" ? whole + rate : whole });
  }
  return new Map([...bases].map(([name, { charged, rate, of }]) => [name, nearest(charged * rate, of)]));
}

function rateOf(text: string): bigint {
  const [integer = "0", part = ""] = text.split(".");
  return BigInt(integer + part.padEnd(12, "0"));
}
