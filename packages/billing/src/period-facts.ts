import { type Carry, carriedTallies, metersCarried } from "./carried-facts.ts";
import { changedTallies } from "./changed-facts.ts";
import { intersect, isEmpty } from "./coverage.ts";
import { coveredTallies, type FactStores, type FactView } from "./fact-reader.ts";
import type { PeriodFacts } from "./line-draft.ts";
import type { RatingOrder } from "./seal-rating.ts";
import { setsAt } from "./sets-at.ts";
import type { Touched } from "./touched-period.ts";
import { transactionTotals } from "./transaction-totals.ts";

/** Reads the facts of a period that a view covers, ready to be rated. */
export async function periodFacts(
  stores: FactStores,
  order: Pick<RatingOrder, "customer" | "number" | "moves" | "struck" | "last" | "next" | "timezone">,
  { view, touched, carry }: { readonly view: FactView; readonly touched: Touched; readonly carry: Carry },
): Promise<PeriodFacts> {
  const { window, period, range } = touched;
  const tallies = await coveredTallies(stores, view, range);
  const held = isEmpty(range) ? range : window === undefined ? period : intersect(period, window);
  const carried = await carriedTallies(stores, view, { from: held.from, meters: metersCarried(carry, window) });
  const changed = await changedTallies(stores, order, { view, touched, tallies });
  const all = [...tallies, ...carried, ...changed.added, ...changed.gone];
  const revisions = all.map(({ meterRevision }) => meterRevision);
  const sets = await setsAt(stores.meters, order.customer.merchant, revisions);
  return {
    period,
    held: { ...held, whole: period, timezone: window?.subscription.timezone ?? order.timezone },
    tallies,
    carried,
    changed,
    sets,
    wasOver: period.to <= order.last.cut,
    isOver: Math.min(period.to, window?.to ?? Number.POSITIVE_INFINITY) <= order.next.cut,
    transactions: await transactionTotals(stores.log, window?.plan, { ...view, tallies, sets }),
  };
}
