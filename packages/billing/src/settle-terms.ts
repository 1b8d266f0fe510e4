import { minus, subtract, sum, zero } from "@farthing/money";
import {
  byDrawOrder,
  drawGrants,
  type Grant,
  type GrantState,
  stageAt,
  type Used,
  untouched,
  withDraw,
} from "@farthing/wallet";
import { byApplication } from "./coupon-application.ts";
import { discountsOf } from "./coupon-discount.ts";
import type { LineDraft } from "./line-draft.ts";
import { isSameAllocation } from "./same-allocation.ts";
import type { RatingOrder } from "./seal-rating.ts";
import type { LineDraw, SealTerms } from "./seal-terms.ts";
import { type StandingLine, standingLines } from "./standing-line.ts";
import { taxChanges } from "./tax-changes.ts";
import { treatmentOf } from "./tax-engine.ts";
import { type AllocatedLine, creditLines, discountLines, type LinePlace } from "./term-lines.ts";
import type { Terms } from "./terms.ts";
import { openFrom, termsFrom } from "./terms-reach.ts";

/** What a seal's terms come to: lines of kind `discount`, `credit` and `tax`, and what the seal records of them. */
export interface SettledTerms {
  readonly lines: readonly LineDraft[];
  readonly terms: SealTerms | undefined;
}

/**
 * Takes coupons and grants off the charges of a seal, and adds taxes to what is left. All that a charge comes to is looked at
 * anew, and what earlier seals took off it is deducted: so any chain of seals takes off what one seal would.
 *
 * Source: docs/pricing.md, "From charges to an invoice".
 */
export async function settleTerms(
  order: RatingOrder,
  drafts: readonly LineDraft[],
  terms: Terms | undefined,
): Promise<SettledTerms> {
  const before = order.chain.latest?.terms;
  if (terms === undefined || (before === undefined && isNone(terms))) return { lines: [], terms: before };
  const coupons = [...terms.coupons].sort(byApplication);
  const grants = [...terms.grants].sort(byDrawOrder);
  const from = termsFrom(order, drafts, terms);
  await order.chain.since({ time: from, entry: Number.POSITIVE_INFINITY });
  const lines = standingLines(order, drafts, from);
  const { allocated, states } = allocate(order, lines, { ...terms, coupons, grants });
  const taxes = await taxChanges(order, allocated, terms);
  const place = placeOf(order, lines);
  const changed = allocated.filter(({ line, now }) => !isSameAllocation(line.before, now)).map(({ now }) => now);
  return {
    lines: [
      ...discountLines(allocated, coupons, place),
      ...creditLines(allocated, grants, place),
      ...taxes.lines(place),
    ],
    terms: {
      coupons: coupons.map(({ id, removedAt }) => ({ id, ...(removedAt === undefined ? {} : { removedAt }) })),
      grants: states,
      ...(terms.profile === undefined ? {} : { profile: terms.profile }),
      taxed: taxes.totals,
      allocations: changed,
    },
  };
}

function isNone({ coupons, grants, profile }: Terms): boolean {
  return coupons.length === 0 && grants.length === 0 && profile === undefined;
}

/** The lines of terms are of the time that the invoice bills. */
function placeOf({ number, last, next }: RatingOrder, lines: readonly StandingLine[]): LinePlace {
  const first = Math.min(next.cut, ...lines.map(({ key }) => key.periodFrom));
  return { number, from: Number.isFinite(last.cut) ? last.cut : first, to: next.cut };
}

interface Allocated {
  readonly allocated: readonly AllocatedLine[];
  readonly states: SealTerms["grants"];
}

function allocate(order: RatingOrder, lines: readonly StandingLine[], { coupons, grants, profile }: Terms): Allocated {
  const charges = lines.map(({ name, key, ...line }) => {
    const { periodFrom: from, periodTo: to, currency } = key;
    return { ...line, key: name, from, to, currency, net: line.exact };
  });
  const off = discountsOf(charges, coupons);
  const nets = charges.map((charge) => ({
    ...charge,
    net: minus(charge.net, sum(Object.values(off.get(charge.key) ?? {}))),
  }));
  const used = usedBefore(order, lines, grants);
  const draws = drawGrants(nets, grants, used);
  const drawn = new Map<string, Record<string, LineDraw>>();
  for (const { line, grant, exact, taken } of draws) drawn.set(line, { ...drawn.get(line), [grant]: { exact, taken } });
  const allocated = lines.map((line) => {
    const tax = line.isOld ? line.before?.tax : treatmentOf(profile, line.meter);
    const taken = { off: off.get(line.name) ?? {}, draws: drawn.get(line.name) ?? {} };
    return { line, now: { line: line.name, ...taken, ...(tax === undefined ? {} : { tax }) } };
  });
  return { allocated, states: statesOf(order, { grants, used, allocated }) };
}

/** What lines of earlier periods drew from each grant: all that was drawn, less what the lines at hand did. */
function usedBefore(
  { chain }: RatingOrder,
  lines: readonly StandingLine[],
  grants: readonly Grant[],
): ReadonlyMap<string, Used> {
  const states = chain.latest?.terms?.grants ?? {};
  return new Map(
    grants.map((grant) => {
      let so: Used = states[grant.id] ?? untouched;
      for (const line of lines) {
        const taken = line.before?.draws[grant.id]?.taken;
        if (taken !== undefined)
          so = withDraw(so, grant, { line: { from: line.key.periodFrom }, taken: subtract(zero, taken) });
      }
      return [grant.id, so];
    }),
  );
}

function statesOf(
  order: RatingOrder,
  {
    grants,
    used,
    allocated,
  }: {
    readonly grants: readonly Grant[];
    readonly used: ReadonlyMap<string, Used>;
    readonly allocated: readonly AllocatedLine[];
  },
): SealTerms["grants"] {
  const open = openFrom(order, order.next.cut);
  return Object.fromEntries(
    grants.map((grant): [string, GrantState] => {
      let so = used.get(grant.id) ?? untouched;
      for (const { line, now } of allocated) {
        const taken = now.draws[grant.id]?.taken;
        if (taken !== undefined) so = withDraw(so, grant, { line: { from: line.key.periodFrom }, taken });
      }
      return [grant.id, { used: so.used, usedRolled: so.usedRolled, stage: stageAt(grant, open) }];
    }),
  );
}
