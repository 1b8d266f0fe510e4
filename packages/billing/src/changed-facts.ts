import type { StruckFact } from "@farthing/metering";
import { coverageOf, intersect, isEmpty } from "./coverage.ts";
import {
  type CoveredTally,
  coveredTallies,
  type FactStores,
  type FactView,
  partTally,
  rowsByEntry,
} from "./fact-reader.ts";
import type { RatingOrder } from "./seal-rating.ts";
import { isIn, within } from "./stretches.ts";
import type { Touched } from "./touched-period.ts";
import { moveOf } from "./window-move.ts";

/** The facts of a period that a seal charges for first, and those that it charges for no longer. */
export interface ChangedTallies {
  readonly added: readonly CoveredTally[];
  readonly gone: readonly CoveredTally[];
}

/**
 * What a seal changes of the facts that a period was charged for: new ones, those of sealed time that its subscription
 * gained or lost since, and those that the seal struck.
 */
export async function changedTallies(
  stores: FactStores,
  { number, moves, struck }: Pick<RatingOrder, "number" | "moves" | "struck">,
  {
    view,
    touched: { window, period, range },
    tallies,
  }: { readonly view: FactView; readonly touched: Touched; readonly tallies: readonly CoveredTally[] },
): Promise<ChangedTallies> {
  const move = moveOf(moves, window);
  const gained = within(move.gained, range);
  const lost = within(move.lost, period);
  const before = (all: readonly CoveredTally[]) => all.filter(({ seal }) => seal < number);
  const read = async (stretches: typeof lost) =>
    (await Promise.all(stretches.map((stretch) => coveredTallies(stores, view, stretch)))).flatMap(before);
  const was = ({ time }: StruckFact) =>
    isIn(lost, time) || (time >= range.from && time < range.to && !isIn(gained, time));
  const taken = struck.filter(was);
  return {
    added: [...tallies.filter(({ seal }) => seal === number), ...(await read(gained))],
    gone: [
      ...(await read(lost)),
      ...(taken.length === 0 ? [] : await struckTallies(stores, view, { number, struck: taken })),
    ],
  };
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
      const tally = await partTally(stores, customer, statement, { ...part, struck: others });
      tallies.push({ ...part, entry, tally });
    }
  }
  return tallies;
}
