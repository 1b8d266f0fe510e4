import { type CurrencyCode, isZero, minus, noMoney, type Picos, subtract, sum, zero } from "@farthing/money";
import type { Grant } from "@farthing/wallet";
import type { AppliedCoupon } from "./coupon-discount.ts";
import type { LineDraft } from "./line-draft.ts";
import type { LineKey } from "./seal.ts";
import type { LineAllocation, SealedDraw, TaxTotal } from "./seal-terms.ts";
import type { StandingLine } from "./standing-line.ts";

/** A charge with what is taken off it now. */
export interface AllocatedLine {
  readonly line: StandingLine;
  readonly now: LineAllocation;
}

/** The seal that lines are made for. Units: times in milliseconds. */
export interface LinePlace {
  readonly number: number;
  readonly from: number;
  readonly to: number;
}

/** The lines of coupons: what more or less each takes off than it did through the last seal. */
export function discountLines(
  allocated: readonly AllocatedLine[],
  coupons: readonly AppliedCoupon[],
  place: LinePlace,
): readonly LineDraft[] {
  return byCurrency(allocated).flatMap(([currency, own]) =>
    coupons.flatMap(({ id, coupon, content }) => {
      const exact = sum(own.map(({ line, now }) => minus(line.before?.off[id] ?? noMoney, now.off[id] ?? noMoney)));
      if (exact === 0n) return [];
      const key = keyOf(place, `discount#${id}`, currency);
      return [
        { key, kind: "discount", description: content.name ?? coupon, coupon, exact, chargedExact: exact } as const,
      ];
    }),
  );
}

/** The lines of grants: what more or less charges draw from each than through the last seal, charge by charge. */
export function creditLines(
  allocated: readonly AllocatedLine[],
  grants: readonly Grant[],
  place: LinePlace,
): readonly LineDraft[] {
  return byCurrency(allocated).flatMap(([currency, own]) =>
    grants.flatMap(({ id, name }) => {
      const draws = own.flatMap((one) => drawChange(one, id));
      if (draws.length === 0) return [];
      const exact = minus(noMoney, sum(draws.map((draw) => draw.exact)));
      const key = keyOf(place, `credit#${id}`, currency);
      return [{ key, kind: "credit", description: name ?? id, grant: id, draws, exact, chargedExact: exact } as const];
    }),
  );
}

function drawChange({ line, now }: AllocatedLine, grant: string): readonly SealedDraw[] {
  const [was, is] = [line.before?.draws[grant], now.draws[grant]];
  const exact = minus(is?.exact ?? noMoney, was?.exact ?? noMoney);
  const taken = subtract(is?.taken ?? zero, was?.taken ?? zero);
  if (exact === 0n && isZero(taken)) return [];
  return [{ line: line.name, description: line.description, exact, taken }];
}

/** The line of one tax: what more or less it comes to than through the last seal. */
export function taxLine(before: TaxTotal | undefined, now: TaxTotal, place: LinePlace): readonly LineDraft[] {
  const { treatment, currency } = now;
  const charged = minus(now.charged, before?.charged ?? noMoney);
  const amount = minus(now.tax, before?.tax ?? noMoney);
  if (charged === 0n && amount === 0n) return [];
  const isInclusive = treatment.kind === "inclusive";
  const exact = isInclusive ? noMoney : amount;
  const base = isInclusive ? minus(charged, amount) : charged;
  const key = keyOf(place, `tax#${treatment.kind}#${treatment.name}#${treatment.rate}`, currency);
  const tax = { ...treatment, base, amount };
  return [{ key, kind: "tax", description: treatment.name, tax, exact, chargedExact: exact }];
}

/** A line of this kind has a key of its seal's own: what it continues is in allocations, states of grants and totals of taxes. */
function keyOf({ number, from, to }: LinePlace, name: string, currency: CurrencyCode): LineKey {
  return { subscription: null, price: `${name}#${number}`, periodFrom: from, periodTo: to, meterRevision: 0, currency };
}

function byCurrency(
  allocated: readonly AllocatedLine[],
): readonly (readonly [CurrencyCode, readonly AllocatedLine[]])[] {
  return [...Map.groupBy(allocated, ({ line }) => line.key.currency)].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** What of a charge is left when all is taken off it. Units: picos. */
export function netOf(exact: Picos, allocation: Pick<LineAllocation, "off" | "draws"> | undefined): Picos {
  const off = Object.values(allocation?.off ?? {});
  const draws = Object.values(allocation?.draws ?? {}).map((draw) => draw.exact);
  return minus(exact, sum([...off, ...draws]));
}
