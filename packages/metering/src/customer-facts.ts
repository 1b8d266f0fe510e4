import type { Selection } from "./codec/bundle.ts";
import { DraftLog } from "./draft-log.ts";
import { type Hour, hourEnd, hourPlus, hourStart } from "./hour.ts";
import { type HourSpan, judgeHours } from "./judge-hours.ts";
import type { MeterSet, MeterSets } from "./meter.ts";
import { foldNews, type NewsStores } from "./news.ts";
import { occurrencesOf } from "./occurrence.ts";
import { fingerprintsOf } from "./pages.ts";
import { SelectionBuilder } from "./selection.ts";
import { type StandingVoid, StandingVoids, voidOfRow, voidsOf } from "./standing-void.ts";
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

/**
 * Reads a customer's statements of some hours, after the news, and folds the news in. A void stands against every copy,
 * before and after it, so voids are looked for in all entries that have any, and in all news.
 */
export async function readFacts(
  stores: UsageStores,
  customer: CustomerRef,
  { hours, news }: FactQuery,
): Promise<CustomerFacts> {
  const first = chainStart(hours.from, news);
  const [around, withVoids] = await Promise.all([
    stores.log.entriesOfHours(customer, hourPlus(first, -1), hourPlus(hours.to, 1)),
    stores.log.entriesWithVoids(customer),
  ]);
  const chained = new Map([...news].filter(([hour]) => hour >= first && hour < hours.to));
  const folds = await foldNews(stores.log, customer, { hours: chained, statements: around });
  const within = (hour: Hour) => hour >= hours.from && hour < hours.to;
  const statements = around.filter(({ hour }) => within(hour));
  const stored = await voidsOf(stores.log, customer, withVoids);
  const voids = new StandingVoids([...stored, ...[...news.values()].flatMap(voidsOfNews)]);
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

function voidsOfNews({ from, row }: Selection): StandingVoid[] {
  const voids: StandingVoid[] = [];
  for (const at of row) if (from.kind(at) === "void") voids.push(voidOfRow(from, at));
  return voids;
}

async function struckBy(
  log: StatementLog,
  customer: CustomerRef,
  statements: readonly Statement[],
  voids: StandingVoids,
): Promise<ReadonlyMap<number, ReadonlySet<number>>> {
  const struck = new Map<number, Set<number>>();
  const { hashes } = voids;
  if (hashes.size === 0) return struck;
  const hit: Statement[] = [];
  for (const statement of statements) {
    const filter = await fingerprintsOf(log, customer, statement);
    if (filter.some((hash) => hashes.has(hash))) hit.push(statement);
  }
  for (const found of (await occurrencesOf(log, customer, hit, hashes)).flat()) {
    if (!voids.mean(found)) continue;
    struck.set(found.entry, (struck.get(found.entry) ?? new Set()).add(found.row));
  }
  return struck;
}

function without(rows: Selection, voids: StandingVoids): Selection {
  if (voids.hashes.size === 0) return rows;
  const kept = new SelectionBuilder(rows.from);
  for (const row of rows.row) {
    if (!voids.mean({ page: rows.from, pageRow: row })) kept.push(row);
  }
  return kept.build();
}
