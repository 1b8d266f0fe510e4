import type { CustomerRef, Meter, MeterSet, Statement, StatementLog, StruckFact } from "@farthing/metering";
import type { Picos } from "@farthing/money";
import {
  addTransaction,
  chargedFor,
  isMetered,
  noTransactions,
  type PercentagePrice,
  type PlanContent,
  partsOf,
  type UsagePart,
} from "@farthing/pricing";
import { type CoveredTally, rowsByEntry } from "./fact-reader.ts";
import { RowReader } from "./row-quantity.ts";
import { inOrder, type LogRow, rowsOfHour } from "./sealed-rows.ts";

/** Finds what the transactions of a part come to, by a definition of its meter. */
export type TransactionTotals = (part: UsagePart, meter: Meter) => Picos;

/** Which facts to charge transaction by transaction. */
export interface TransactionFacts {
  readonly customer: CustomerRef;
  readonly tallies: readonly CoveredTally[];
  readonly sets: ReadonlyMap<number, MeterSet>;
  readonly statements: readonly Statement[];
  readonly struck: readonly StruckFact[];
}

interface TransactionPart extends UsagePart {
  readonly price: PercentagePrice;
}

function isPerTransaction(part: UsagePart): part is TransactionPart {
  return part.price.model === "percentage";
}

/**
 * Charges the transactions of a period one by one, in order of (time, id): an allowance goes to the first, and a minimum is
 * each one's own, so no sum answers. Reads their events; a plan without such prices reads none.
 */
export async function transactionTotals(
  log: StatementLog,
  plan: PlanContent | undefined,
  facts: TransactionFacts,
): Promise<TransactionTotals> {
  const parts = (plan?.prices ?? []).filter(isMetered).flatMap(partsOf).filter(isPerTransaction);
  const rows = parts.length === 0 ? [] : await coveredRows(log, facts);
  const totals = new Map<string, Picos>();
  for (const part of parts) {
    for (const meter of metersNamed(part.meter, facts.sets)) {
      const reader = new RowReader(meter, part.takes);
      const so = rows.reduce((before, { row, set }) => {
        if (set.meters.find(({ key }) => key === part.meter)?.revision !== meter.revision) return before;
        const amount = reader.quantityOf(row);
        return amount === undefined ? before : addTransaction(part.price, before, amount);
      }, noTransactions);
      totals.set(nameOf(part, meter), chargedFor(part.price, so));
    }
  }
  return (part, meter) => totals.get(nameOf(part, meter)) ?? noTransactions.charged;
}

interface CoveredRow {
  readonly row: LogRow;
  readonly set: MeterSet;
}

async function coveredRows(
  log: StatementLog,
  { customer, tallies, sets, statements, struck }: TransactionFacts,
): Promise<readonly CoveredRow[]> {
  const gone = rowsByEntry(struck);
  const rows: CoveredRow[] = [];
  for (const { entry, from, to, meterRevision } of tallies) {
    const [set, statement] = [sets.get(meterRevision), statements.find(({ number }) => number === entry)];
    if (set === undefined || statement === undefined) continue;
    for (const row of await rowsOfHour(log, customer, [statement])) {
      if (row.time >= from && row.time < to && gone.get(entry)?.has(row.row) !== true) rows.push({ row, set });
    }
  }
  return rows.sort((a, b) => inOrder(a.row, b.row));
}

function metersNamed(key: string, sets: ReadonlyMap<number, MeterSet>): readonly Meter[] {
  const found = [...sets.values()].flatMap(({ meters }) => meters.filter((meter) => meter.key === key));
  return [...new Map(found.map((meter) => [meter.revision, meter])).values()];
}

function nameOf({ key }: UsagePart, { revision }: Meter): string {
  return `${key}#${revision}`;
}
