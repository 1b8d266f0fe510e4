import type { Selection } from "./codec/bundle.ts";
import { DraftLog } from "./draft-log.ts";
import { type Hour, hourEnd, hourPlus, hourStart } from "./hour.ts";
import type { HourFold } from "./hour-fold.ts";
import { type HourSpan, judgeHours } from "./judge-hours.ts";
import type { MeterSet, MeterSets } from "./meter.ts";
import { foldNews, type NewsStores } from "./news.ts";
import { occurrencesOf } from "./occurrence.ts";
import { fingerprintsOf } from "./pages.ts";
import { SelectionBuilder } from "./selection.ts";
import { latestHour } from "./shard-roll.ts";
import { means, type StandingVoid, voidOfRow, voidsOf } from "./standing-void.ts";
import type { CustomerRef, Statement, StatementLog } from "./statement.ts";
import type { Tally } from "./tally.ts";
import { tallyPart, tallyRows } from "./tally-range.ts";
import type { TimeRange } from "./time-range.ts";

/** What reading a customer's facts needs. */
export interface UsageStores extends NewsStores {
  readonly log: StatementLog;
  readonly meters: MeterSets;
}

/** A statement, or what a roll would append now: times of its first and last event, and its meter states in a range. */
export interface FactPart {
  readonly first: number;
  readonly last: number;
  tally(meters: MeterSet, range: TimeRange): Promise<Tally>;
}

/** A customer's facts in a stretch of hours, voided ones left out. */
export interface CustomerFacts {
  readonly customer: CustomerRef;
  readonly parts: readonly FactPart[];
}

/** Whose facts to read: of some hours, with the news of the customer. */
export interface FactQuery {
  readonly hours: HourSpan;
  readonly news: ReadonlyMap<Hour, Selection>;
}

/**
 * Reads a customer's facts of some hours as seals judge them: copies are found wherever they lie, 35 days around. The news
 * have to be all that there are.
 */
export async function readExactFacts(
  stores: UsageStores,
  customer: CustomerRef,
  { hours, news }: FactQuery,
): Promise<CustomerFacts> {
  const log = await DraftLog.of(stores.log, customer);
  await log.roll(news, await stores.meters.currentMeters(customer.merchant));
  const struck = new Map<number, Set<number>>();
  for (const { entry, row } of await judgeHours(log, customer, hours))
    struck.set(entry, (struck.get(entry) ?? new Set()).add(row));
  const statements = await log.entriesOfHours(customer, hours.from, hours.to);
  const parts = statements.map((one) => statementPart({ ...stores, log }, customer, one, struck.get(one.number)));
  return { customer, parts };
}

/** Reads a customer's statements of some hours, after the news, and folds the news in. */
export async function readFacts(
  stores: UsageStores,
  customer: CustomerRef,
  { hours, news }: FactQuery,
): Promise<CustomerFacts> {
  const first = chainStart(hours.from, news);
  // A void reaches back to any hour, so statements are read up to now.
  const end = Math.max(hours.to, latestHour(stores.clock)) as Hour;
  const around = await stores.log.entriesOfHours(customer, hourPlus(first, -1), hourPlus(end, 1));
  const chained = new Map([...news].filter(([hour]) => hour >= first));
  const folds = await foldNews(stores.log, customer, { hours: chained, statements: around });
  const within = (hour: Hour) => hour >= hours.from && hour < hours.to;
  const statements = around.filter(({ hour }) => within(hour));
  const voids = [...(await voidsOf(stores.log, customer, around)), ...[...folds.values()].flatMap(voidsOfFold)];
  const struck = await struckBy(stores.log, customer, statements, voids);
  const parts = statements.map((statement) => statementPart(stores, customer, statement, struck.get(statement.number)));
  const fresh = [...folds]
    .filter(([hour]) => within(hour))
    .map(([hour, fold]) => newsPart(hour, without(fold.events, voids)));
  return { customer, parts: [...parts, ...fresh] };
}

/** The first of the hours with news that lead up to an hour: whether a copy counts hangs on the hour before it. */
function chainStart(hour: Hour, news: ReadonlyMap<Hour, Selection>): Hour {
  let first = hour;
  while (news.has(hourPlus(first, -1))) first = hourPlus(first, -1);
  return first;
}

const none: ReadonlySet<number> = new Set();

function statementPart(
  { log, meters }: UsageStores,
  customer: CustomerRef,
  statement: Statement,
  struck: ReadonlySet<number> = none,
): FactPart {
  return {
    first: statement.first,
    last: statement.last,
    tally: async (set, range) => {
      const rolledBy =
        statement.meterRevision === set.revision
          ? set
          : await meters.metersAt(customer.merchant, statement.meterRevision);
      return await tallyPart(log, customer, statement, { ...range, meters: set, rolledBy, struck });
    },
  };
}

function newsPart(hour: Hour, rows: Selection): FactPart {
  return {
    first: hourStart(hour),
    last: hourEnd(hour) - 1,
    tally: async (set, range) => tallyRows(rows, set, { range }),
  };
}

function voidsOfFold({ voids }: HourFold): StandingVoid[] {
  return Array.from(voids.row, (row) => voidOfRow(voids.from, row));
}

async function struckBy(
  log: StatementLog,
  customer: CustomerRef,
  statements: readonly Statement[],
  voids: readonly StandingVoid[],
): Promise<ReadonlyMap<number, ReadonlySet<number>>> {
  const struck = new Map<number, Set<number>>();
  if (voids.length === 0) return struck;
  const hashes = new Set(voids.map(({ fingerprint }) => fingerprint));
  const hit: Statement[] = [];
  for (const statement of statements) {
    const filter = await fingerprintsOf(log, customer, statement);
    if (filter.some((hash) => hashes.has(hash))) hit.push(statement);
  }
  for (const found of (await occurrencesOf(log, customer, hit, hashes)).flat()) {
    if (!voids.some((standing) => means(standing, found))) continue;
    struck.set(found.entry, (struck.get(found.entry) ?? new Set()).add(found.row));
  }
  return struck;
}

function without(rows: Selection, voids: readonly StandingVoid[]): Selection {
  if (voids.length === 0) return rows;
  const kept = new SelectionBuilder(rows.from);
  for (const row of rows.row) {
    if (!voids.some((standing) => means(standing, { page: rows.from, pageRow: row }))) kept.push(row);
  }
  return kept.build();
}
