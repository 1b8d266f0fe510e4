import {
  bundlesOf,
  decodeAll,
  type Hour,
  hourOf,
  hourPlus,
  hourStart,
  inParallel,
  type RowCounts,
  type ShardPlans,
  type StoredBundle,
  shardsEver,
} from "@farthing/metering";
import { type CustomerId, expectOk, type MerchantId } from "@farthing/money";
import type { ConservationChecks, HourGap } from "./conservation-check.ts";
import { type ReportStores, reportConservation } from "./report-conservation.ts";

/** What checking conservation needs. */
export interface CheckStores extends ReportStores {
  readonly checks: ConservationChecks;
  readonly merchants: Pick<ShardPlans, "merchants">;
}

/** A gap that the check found, or found again. */
export interface FoundGap extends HourGap {
  readonly merchant: MerchantId;
}

/** An hour is checked once the sweep has marked what no writer marked: three hours after it began. Units: hours. */
const ripeAfter = 3;
/** What is left of the function's time when a check stops, for the next to go on. Units: milliseconds. */
const reserveMs = 20_000;
const customersAtOnce = 32;
const maxGaps = 200;

/**
 * Checks each merchant's hours that closed since its last check, and again those that had a gap: what bundles hold against
 * what statements name. Answers the gaps that are there. Run twice, or late, it finds the same.
 *
 * Units: `at` in milliseconds.
 */
export async function checkConservation(
  stores: CheckStores,
  at: number,
  job: { remainingMs(): number },
): Promise<readonly FoundGap[]> {
  const found: FoundGap[] = [];
  let after: MerchantId | undefined;
  do {
    const page = await stores.merchants.merchants(after);
    for (const merchant of page.merchants) {
      if (job.remainingMs() < reserveMs) return found;
      found.push(...(await checkMerchant(stores, merchant, { at, job })));
    }
    after = page.next;
  } while (after !== undefined);
  return found;
}

async function checkMerchant(
  stores: CheckStores,
  merchant: MerchantId,
  { at, job }: { readonly at: number; readonly job: { remainingMs(): number } },
): Promise<readonly FoundGap[]> {
  const last = await stores.checks.lastCheck(merchant);
  const plan = await stores.journal.plans.shardPlan(merchant);
  const end = hourPlus(hourOf(at), -ripeAfter);
  let hour = last?.through ?? plan.steps[0].from;
  const gaps: HourGap[] = [];
  for (const known of last?.gaps ?? []) gaps.push(...(await gapOf(stores, merchant, known.hour)));
  for (; hour < end && job.remainingMs() >= reserveMs; hour = hourPlus(hour, 1)) {
    gaps.push(...(await gapOf(stores, merchant, hour)));
  }
  await stores.checks.saveCheck(merchant, { through: hour, checkedAt: at, gaps: gaps.slice(-maxGaps) });
  return gaps.map((gap) => ({ merchant, ...gap }));
}

/** The gap of an hour, if there is one. The whole report is asked only where the plain counts differ. */
async function gapOf(stores: CheckStores, merchant: MerchantId, hour: Hour): Promise<readonly HourGap[]> {
  const { accepted, counted } = await plainCounts(stores, merchant, hour);
  if (accepted === counted) return [];
  const range = { from: hourStart(hour), to: hourStart(hourPlus(hour, 1)) };
  const { gap } = expectOk(await reportConservation(stores, { merchant, ...range }));
  return gap === 0 ? [] : [{ hour, gap }];
}

async function plainCounts(
  { journal: { journal, plans }, log }: CheckStores,
  merchant: MerchantId,
  hour: Hour,
): Promise<{ readonly accepted: number; readonly counted: number }> {
  const bundles: StoredBundle[] = [];
  for (const { shard } of shardsEver(await plans.shardPlan(merchant)))
    bundles.push(...(await bundlesOf(journal, { merchant, shard, hour })));
  const { decoded, quarantined } = decodeAll(bundles);
  const broken = new Set(quarantined);
  let counted = sumOf(bundles.filter(({ digest }) => broken.has(digest)));
  const customers = new Set<CustomerId>(decoded.flatMap(({ bundle }) => bundle.customers));
  await inParallel(customersAtOnce, [...customers], async (customer) => {
    const entries = await log.entriesOfHours({ merchant, customer }, hour, hourPlus(hour, 1));
    counted += entries.reduce((sum, { counts }) => sum + namedEvents(counts), 0);
  });
  return { accepted: sumOf(bundles), counted };
}

function namedEvents({ events, duplicates, conflicts }: RowCounts): number {
  return events + duplicates + conflicts;
}

function sumOf(bundles: readonly StoredBundle[]): number {
  return bundles.reduce((sum, { events }) => sum + events, 0);
}
