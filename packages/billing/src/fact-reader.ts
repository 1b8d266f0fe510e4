import {
  type CustomerRef,
  hourOf,
  hourPlus,
  type MeterSets,
  type Statement,
  type StatementLog,
  type StruckFact,
  type Tally,
  type TimeRange,
  tallyPart,
} from "@farthing/metering";
import { type CoverageStep, type CoveredRange, coverageOf, intersect, isEmpty } from "./coverage.ts";

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
  const last = view.steps.at(-1)?.frontier.entry ?? 0;
  const tallies: CoveredTally[] = [];
  for (const statement of view.statements) {
    if (statement.number > last || statement.first >= range.to || statement.last < range.from) continue;
    for (const covered of coverageOf(statement.number, view.steps)) {
      const part = intersect(range, covered);
      if (isEmpty(part) || statement.first >= part.to || statement.last < part.from) continue;
      const tally = await partTally(stores, view.customer, statement, {
        ...covered,
        ...part,
        struck: struck.get(statement.number) ?? noRows,
        only,
      });
      tallies.push({ ...covered, ...part, entry: statement.number, tally });
    }
  }
  return tallies;
}

/** Folds the events of a statement within a range, struck rows left out, by the meters of the seal that covered it. */
export async function partTally(
  { log, meters }: FactStores,
  customer: CustomerRef,
  statement: Statement,
  part: CoveredRange & { readonly struck: ReadonlySet<number>; readonly only: ReadonlySet<string> | undefined },
): Promise<Tally> {
  const { only } = part;
  const all = await meters.metersAt(customer.merchant, part.meterRevision);
  const set = only === undefined ? all : { ...all, meters: all.meters.filter(({ key }) => only.has(key)) };
  const rolledBy =
    statement.meterRevision === set.revision ? set : await meters.metersAt(customer.merchant, statement.meterRevision);
  return await tallyPart(log, customer, statement, { ...part, meters: set, rolledBy });
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
