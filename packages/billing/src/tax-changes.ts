import { minus, noMoney, sum } from "@farthing/money";
import type { LineDraft } from "./line-draft.ts";
import type { RatingOrder } from "./seal-rating.ts";
import type { TaxTotal } from "./seal-terms.ts";
import { isSameTreatment } from "./tax-engine.ts";
import { type AllocatedLine, type LinePlace, netOf, taxLine } from "./term-lines.ts";
import type { Terms } from "./terms.ts";

/** The totals of taxes through a seal, and the lines of what changed in them. */
export interface TaxChanges {
  readonly totals: readonly TaxTotal[];
  lines(place: LinePlace): readonly LineDraft[];
}

/**
 * Taxes what is left of charges when coupons and grants are taken off: all that was charged under a treatment so far is taxed
 * at once, rounded once, and what earlier seals taxed is deducted.
 */
export async function taxChanges(
  { customer, chain }: RatingOrder,
  allocated: readonly AllocatedLine[],
  { taxOn }: Pick<Terms, "taxOn">,
): Promise<TaxChanges> {
  const before = chain.latest?.terms?.taxed ?? [];
  const changed = growthOf(allocated).flatMap((grown) => {
    const so = before.find((total) => isSame(total, grown));
    const charged = sum([so?.charged ?? noMoney, grown.charged]);
    return grown.charged === 0n ? [] : [{ ...grown, so, charged }];
  });
  const asked = changed.map(({ currency, treatment, charged }) => ({ currency, treatment, charged }));
  const taxes = asked.length === 0 ? [] : await taxOn(customer, asked);
  const now = changed.map(({ so, currency, treatment, charged }, index) => ({
    so,
    total: { currency, treatment, charged, tax: taxes[index] ?? noMoney },
  }));
  const kept = before.filter((total) => !now.some((one) => isSame(one.total, total)));
  return {
    totals: [...kept, ...now.map(({ total }) => total)].filter(isSomething).sort(byName),
    lines: (place) =>
      now.sort((a, b) => byName(a.total, b.total)).flatMap(({ so, total }) => taxLine(so, total, place)),
  };
}

type Grown = Pick<TaxTotal, "currency" | "treatment" | "charged">;

/** What was charged more or less under each treatment than through the last seal. */
function growthOf(allocated: readonly AllocatedLine[]): readonly Grown[] {
  const grown: Grown[] = [];
  for (const { line, now } of allocated) {
    if (now.tax === undefined) continue;
    const one = { currency: line.key.currency, treatment: now.tax };
    const charged = minus(netOf(line.exact, now), netOf(line.exactBefore, line.before));
    const at = grown.findIndex((other) => isSame(other, one));
    if (at < 0) grown.push({ ...one, charged });
    else grown[at] = { ...one, charged: sum([grown[at]?.charged ?? noMoney, charged]) };
  }
  return grown;
}

/** Nothing need be carried on of what was taken back in whole. */
function isSomething({ charged, tax }: TaxTotal): boolean {
  return charged !== 0n || tax !== 0n;
}

function isSame(a: Pick<TaxTotal, "currency" | "treatment">, b: Pick<TaxTotal, "currency" | "treatment">): boolean {
  return a.currency === b.currency && isSameTreatment(a.treatment, b.treatment);
}

function byName(a: TaxTotal, b: TaxTotal): number {
  return nameOf(a) < nameOf(b) ? -1 : 1;
}

function nameOf({ currency, treatment: { kind, name, rate } }: TaxTotal): string {
  return JSON.stringify([currency, name, rate, kind]);
}
