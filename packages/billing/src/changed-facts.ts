import type { StruckFact } from "@farthing/metering";
import { coverageOf, intersect, isEmpty } from "./coverage.ts";
import { type CoveredTally, type FactStores, type FactView, partTally, rowsByEntry } from "./fact-reader.ts";
import type { RatingOrder } from "./seal-rating.ts";
import type { Touched } from "./touched-period.ts";

/** The facts of a period that a seal charges for first, and those that it charges for no longer since it struck them. */
export async function changedTallies(
  stores: FactStores,
  order: Pick<RatingOrder, "number" | "charged" | "struck">,
  {
    view,
    touched: { window, range },
    tallies,
  }: { readonly view: FactView; readonly touched: Touched; readonly tallies: readonly CoveredTally[] },
): Promise<readonly CoveredTally[]> {
  if (window !== undefined && !order.charged.has(window.subscription.id)) return tallies;
  const within = order.struck.filter(({ time }) => time >= range.from && time < range.to);
  const gone = within.length === 0 ? [] : await struckTallies(stores, view, { number: order.number, struck: within });
  return [...tallies.filter(({ seal }) => seal === order.number), ...gone];
}

/** What rows come to that a seal struck after others had covered them. */
async function struckTallies(
  stores: FactStores,
  { customer, steps, statements }: FactView,
  { number, struck }: { readonly number: number; readonly struck: readonly StruckFact[] },
): Promise<readonly CoveredTally[]> {
  const tallies: CoveredTally[] = [];
  const before = steps.filter(({ seal }) => seal < number);
  for (const [entry, rows] of rowsByEntry(struck)) {
    const statement = statements.find((one) => one.number === entry);
    if (statement === undefined) continue;
    const others = new Set(
      Array.from({ length: statement.counts.events }, (_, row) => row).filter((row) => !rows.has(row)),
    );
    for (const covered of coverageOf(entry, before)) {
      const part = { ...covered, ...intersect(covered, { from: statement.first, to: statement.last + 1 }) };
      if (isEmpty(part)) continue;
      const tally = await partTally(stores, customer, statement, { ...part, struck: others, only: undefined });
      tallies.push({ ...part, entry, tally });
    }
  }
  return tallies;
}
