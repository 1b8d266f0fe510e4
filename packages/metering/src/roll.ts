import type { MerchantId } from "@farthing/money";
import type { BundleDigest, OriginBundle, Page, Selection } from "./codec/bundle.ts";
import { decodeBundle, decodeRows } from "./codec/index.ts";
import { type MergedRows, RowMerger } from "./codec/row-merger.ts";
import { type Hour, hourPlus } from "./hour.ts";
import { foldHour, type KnownRows } from "./hour-fold.ts";
import { inParallel } from "./in-parallel.ts";
import type { RollRecord, StoredBundle } from "./journal.ts";
import type { MeterSet } from "./meter.ts";
import { eventsPerPage, fingerprintsOf, meets, pagesOf } from "./pages.ts";
import { byCustomer, inRollOrder } from "./selection.ts";
import type { CustomerRef, CustomerRegister, Statement, StatementLog } from "./statement.ts";
import { type DraftMeters, draftStatement } from "./statement-draft.ts";
import { MeterReaders } from "./tally-builder.ts";

/** What a roll needs to turn bundles into statements. */
export interface RollStores {
  readonly log: StatementLog;
  readonly register: CustomerRegister;
}

/** How many customers of an hour are worked at once. */
const customersAtOnce = 16;

/**
 * Appends what bundles of one hour hold that no statement names yet, customer by customer. May be run again, and at the
 * same time as others: a customer's log takes one next entry only, and who comes second reads again.
 *
 * Errors: bundles that do not decode are named as quarantined, and the others are rolled.
 */
export async function rollHour(
  stores: RollStores,
  { merchant, hour, meters }: { readonly merchant: MerchantId; readonly hour: Hour; readonly meters: MeterSet },
  bundles: readonly StoredBundle[],
): Promise<RollRecord> {
  const { rows: merged, digests, quarantined } = mergeAll(bundles);
  const customers = [...byCustomer(merged)];
  const readers = new MeterReaders(meters);
  await inParallel(customersAtOnce, customers, async ([customer, rows]) => {
    await rollCustomer(stores, { merchant, customer }, { hour, meters: { set: meters, readers }, rows });
  });
  return { digests, quarantined };
}

/** The rows of all bundles that decode, merged in the order of a roll, and what became of each bundle. */
export function mergeAll(bundles: readonly StoredBundle[]): RollRecord & { readonly rows: MergedRows } {
  const merger = new RowMerger(bundles.reduce((sum, { events, voids }) => sum + events + voids, 0));
  const digests: BundleDigest[] = [];
  const quarantined: BundleDigest[] = [];
  for (const { blob, digest, receivedAt } of inRollOrder(bundles)) {
    const rows = decodeRows(blob);
    (rows.ok ? digests : quarantined).push(digest);
    if (rows.ok) merger.append(rows.value, { digest, receivedAt });
  }
  return { rows: merger.merged(), digests, quarantined };
}

/** Decodes bundles, apart from those that do not. */
export function decodeAll(bundles: readonly StoredBundle[]): {
  readonly decoded: readonly OriginBundle[];
  readonly quarantined: RollRecord["quarantined"];
} {
  const decoded: OriginBundle[] = [];
  const quarantined: BundleDigest[] = [];
  for (const { blob, digest, receivedAt } of bundles) {
    const bundle = decodeBundle(blob);
    if (bundle.ok) decoded.push({ digest, receivedAt, bundle: bundle.value });
    else quarantined.push(digest);
  }
  return { decoded, quarantined };
}

/** A customer's rows of one hour. */
export interface CustomerHour {
  readonly hour: Hour;
  readonly meters: DraftMeters;
  readonly rows: Selection;
}

/** Appends what rows of one customer's hour hold that no statement names yet. */
export async function rollCustomer(
  { log, register }: RollStores,
  customer: CustomerRef,
  work: CustomerHour,
): Promise<void> {
  for (;;) {
    const last = await log.lastNumber(customer);
    const near = last === 0 ? [] : await log.entriesOfHours(customer, hourPlus(work.hour, -1), hourPlus(work.hour, 2));
    const { named, known } = await knownRows(log, customer, { near, hour: work.hour, rows: work.rows });
    const draft = draftStatement(work.hour, foldHour(work.rows, named, known), work.meters);
    if (draft === undefined) return;
    if (last === 0) await register.noteCustomer(customer);
    const { page } = draft.statement;
    if (page.kind === "chunks") {
      await Promise.all(draft.chunks.map((chunk, index) => log.putChunk(customer, page.key, index, chunk)));
    }
    if ((await log.append(customer, { ...draft.statement, number: last + 1 })) === "appended") return;
  }
}

/**
 * The rows of neighbouring statements that an hour's rows have to be folded with: all of the same hour, and of the hours
 * beside it those of statements that share a hash of an identity.
 */
export async function knownRows(
  log: StatementLog,
  customer: CustomerRef,
  { near, hour, rows }: { readonly near: readonly Statement[]; readonly hour: Hour; readonly rows: Selection },
): Promise<{ readonly named: readonly Page[]; readonly known: readonly KnownRows[] }> {
  const named: Page[] = [];
  const known: KnownRows[] = [];
  const mine = near.length === 0 ? new Uint32Array() : hashesOf(rows);
  for (const statement of near) {
    const same = statement.hour === hour;
    if (!same && !meets(mine, await fingerprintsOf(log, customer, statement))) continue;
    const pages = await pagesOf(log, customer, statement);
    for (const { page, events } of eventsPerPage(pages, statement.counts.events)) {
      known.push({ bundle: page, row: Uint32Array.from({ length: events }, (_, row) => row) });
    }
    if (same) named.push(...pages);
  }
  return { named, known };
}

function hashesOf({ from, row }: Selection): Uint32Array {
  const { low } = from.identityHashes();
  return row.map((at) => low[at] ?? 0).sort();
}
