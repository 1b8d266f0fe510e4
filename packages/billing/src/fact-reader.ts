import {
  type CustomerRef,
  hourOf,
  hourPlus,
  type MeterSets,
  ownTally,
  type Statement,
  type StatementLog,
  type StruckFact,
  type Tally,
  type TimeRange,
  tallyPart,
} from "@farthing/metering";
import { AskedSets } from "./asked-sets.ts";
import { type CoverageStep, type CoveredRange, coverages, isEmpty } from "./coverage.ts";

/** Meter states of facts that one seal covered first. */
export interface CoveredTally extends CoveredRange {
  readonly entry: number;
  readonly tally: Tally;
}

/** What folds a customer's facts under a frontier. */
export interface FactView {
  readonly customer: CustomerRef;
  /** Rising, the seal that is being made last. */
  readonly steps: readonly CoverageStep[];
  readonly struck: readonly StruckFact[];
  /** All statements with events in the stretches that will be asked for. */
  readonly statements: readonly Statement[];
}

/** What reading facts needs. */
export interface FactStores {
  readonly log: StatementLog;
  readonly meters: MeterSets;
}

const noRows: ReadonlySet<number> = new Set();

/**
 * Folds the covered facts of a stretch of event time: one tally for each statement and seal that covered a part of it.
 * `only` names the meters to fold by, where not all are asked for.
 */
export async function coveredTallies(
  stores: FactStores,
  view: FactView,
  range: TimeRange,
  only?: ReadonlySet<string>,
): Promise<readonly CoveredTally[]> {
  if (isEmpty(range)) return [];
  const struck = rowsByEntry(view.struck);
  const lastEntry = view.steps.at(-1)?.frontier.entry ?? 0;
  const sets = new AskedSets(stores.meters, view.customer.merchant, only);
  const tallies: CoveredTally[] = [];
  const coverage = coverages(view.steps);
  for (const statement of view.statements) {
    const { number, first, last, meterRevision: rolled } = statement;
    if (number > lastEntry || first >= range.to || last < range.from) continue;
    for (const { seal, meterRevision, from: begins, to: ends } of coverage(number)) {
      const from = Math.max(range.from, begins);
      const to = Math.min(range.to, ends);
      if (to <= from || first >= to || last < from) continue;
      const { meters, rolledBy } = sets.known(rolled, meterRevision) ?? (await sets.read(rolled, meterRevision));
      const part = { from, to, struck: struck.get(number) ?? noRows, meters, rolledBy };
      // A bill is of hundreds of statements, most of which tell by themselves: those are not waited for.
      const tally = ownTally(statement, part) ?? (await tallyPart(stores.log, view.customer, statement, part));
      tallies.push({ seal, meterRevision, from, to, entry: number, tally });
    }
  }
  return tallies;
}

/** Folds the events of a statement within a range, struck rows left out, by the meters of the seal that covered it. */
export async function partTally(
  { log, meters }: FactStores,
  customer: CustomerRef,
  statement: Statement,
  part: CoveredRange & { readonly struck: ReadonlySet<number> },
): Promise<Tally> {
  const asked = await new AskedSets(meters, customer.merchant).read(statement.meterRevision, part.meterRevision);
  return await tallyPart(log, customer, statement, { ...part, ...asked });
}

/** The statements that can have events in a stretch of event time. */
export async function statementsIn(
  { log }: FactStores,
  customer: CustomerRef,
  range: TimeRange,
): Promise<readonly Statement[]> {
  const found = await log.entriesOfHours(customer, hourOf(range.from), hourPlus(hourOf(range.to - 1), 1));
  return found.filter(({ counts }) => counts.events > 0);
}

/** Struck rows by their entry. */
export function rowsByEntry(struck: readonly StruckFact[]): ReadonlyMap<number, ReadonlySet<number>> {
  const rows = new Map<number, Set<number>>();
  for (const { entry, row } of struck) rows.set(entry, (rows.get(entry) ?? new Set()).add(row));
  return rows;
}
