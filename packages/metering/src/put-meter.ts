import { type Clock, err, type MerchantId, ok, type Result } from "@farthing/money";
import { aggregationOf } from "./aggregations/index.ts";
import type { Filter } from "./filter.ts";
import { type AggregationName, chargeMeter, type Meter, type MeterSet, type MeterSets } from "./meter.ts";

/** What is said of a meter. */
export interface MeterBody {
  readonly eventType: string;
  readonly aggregation: AggregationName;
  readonly value?: string | undefined;
  readonly operation?: string | undefined;
  readonly groupBy?: readonly string[] | undefined;
  readonly filter?: Filter | undefined;
  readonly name?: string | undefined;
  readonly unit?: string | undefined;
}

/** What a body says of a meter does not hold together. */
export interface InvalidMeter {
  readonly code: "invalid_request";
  readonly issues: readonly { readonly path: string; readonly message: string }[];
}

/** The merchant has no such meter. */
export interface MeterNotFound {
  readonly code: "not_found";
}

/** What the use cases of meters need. */
export interface MeterStores {
  readonly meters: MeterSets;
  readonly clock: Clock;
  /** The instant that no invoice bills facts at or after; undefined where nothing was billed yet. Units: milliseconds. */
  billedThrough(merchant: MerchantId): Promise<number | undefined>;
}

/** A meter as the API shows it. */
export type MeterDocument = Omit<Meter, "createdAt" | "updatedAt" | "countsFrom"> & {
  readonly countsFrom: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
};

const attempts = 20;
const maxMeters = 500;

/**
 * Creates or changes a meter. It counts facts that were stored before and are not billed yet, and says from when on that is
 * all of them; a change of name or unit alone keeps its revision, since it counts the same.
 *
 * Errors: `invalid_request` for the key of direct charges, a missing value, an operation that nothing asks for, a change
 * between a meter that carries values on and one that does not, or a merchant with 500 meters.
 */
export async function putMeter(
  { meters, clock, billedThrough }: MeterStores,
  { merchant, key, body }: { readonly merchant: MerchantId; readonly key: string; readonly body: MeterBody },
): Promise<Result<MeterDocument, InvalidMeter>> {
  const problem = problemOf(key, body);
  if (problem !== undefined) return problem;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const current = await meters.currentMeters(merchant);
    const before = current.meters.find((meter) => meter.key === key);
    const countsFrom = (await billedThrough(merchant)) ?? null;
    const meter = nextMeter(current, { key, body, now: clock.now(), countsFrom });
    if (before !== undefined && saidOf(before) === saidOf(meter)) return ok(meterDocument(before));
    if (before !== undefined && carries(before) !== carries(meter))
      return refuse(
        "aggregation",
        `Only a meter of another key can be a ${body.aggregation}: what was carried stays so.`,
      );
    if (before === undefined && current.meters.length >= maxMeters)
      return refuse("key", "A merchant has at most 500 meters.");
    const others = current.meters.filter((other) => other.key !== key);
    const set = { revision: current.revision + 1, meters: [...others, meter].sort((a, b) => (a.key < b.key ? -1 : 1)) };
    if ((await meters.publishMeters(merchant, set)) === "published") return ok(meterDocument(meter));
  }
  throw new Error("a merchant's meter revisions are all taken by others");
}

/** Shows a meter. Errors: `not_found`. */
export async function getMeter(
  { meters }: Pick<MeterStores, "meters">,
  { merchant, key }: { readonly merchant: MerchantId; readonly key: string },
): Promise<Result<MeterDocument, MeterNotFound>> {
  const meter = (await meters.currentMeters(merchant)).meters.find((candidate) => candidate.key === key);
  return meter === undefined ? err({ code: "not_found" }) : ok(meterDocument(meter));
}

/** Lists a merchant's meters in order of their keys; `next` is the key that a page ends with. */
export async function listMeters(
  { meters }: Pick<MeterStores, "meters">,
  {
    merchant,
    limit,
    after,
  }: { readonly merchant: MerchantId; readonly limit: number; readonly after?: string | undefined },
): Promise<Result<{ readonly items: readonly MeterDocument[]; readonly next?: string }, never>> {
  const all = (await meters.currentMeters(merchant)).meters.filter(({ key }) => after === undefined || key > after);
  const items = all.slice(0, limit);
  const last = items.at(-1);
  return ok({
    items: items.map(meterDocument),
    ...(all.length > items.length && last !== undefined ? { next: last.key } : {}),
  });
}

function carries({ aggregation }: Meter): boolean {
  return aggregationOf(aggregation).carries;
}

function problemOf(
  key: string,
  { aggregation, value, operation, groupBy = [] }: MeterBody,
): Result<never, InvalidMeter> | undefined {
  if (key === chargeMeter.key) return refuse("key", "The meter of direct charges is built in.");
  if (aggregationOf(aggregation).needs !== "nothing" && value === undefined)
    return refuse("value", `A ${aggregation} needs a value.`);
  if (operation !== undefined && aggregation !== "unique_count_prorated")
    return refuse("operation", "Only a unique_count_prorated has values that are taken away.");
  if (new Set(groupBy).size !== groupBy.length) return refuse("groupBy", "A group is named once.");
  return undefined;
}

function refuse(path: string, message: string): Result<never, InvalidMeter> {
  return err({ code: "invalid_request", issues: [{ path, message }] });
}

function nextMeter(
  current: MeterSet,
  { key, body, now, countsFrom }: { key: string; body: MeterBody; now: number; countsFrom: number | null },
): Meter {
  const { eventType, aggregation, value, operation, groupBy = [], filter, name, unit } = body;
  const before = current.meters.find((meter) => meter.key === key);
  const meter: Meter = {
    key,
    eventType,
    aggregation,
    groupBy,
    ...(value === undefined ? {} : { value }),
    ...(operation === undefined ? {} : { operation }),
    ...(filter === undefined ? {} : { filter }),
    ...(name === undefined ? {} : { name }),
    ...(unit === undefined ? {} : { unit }),
    revision: current.revision + 1,
    countsFrom,
    createdAt: before?.createdAt ?? now,
    updatedAt: now,
  };
  return before !== undefined && definitionOf(before) === definitionOf(meter)
    ? { ...meter, revision: before.revision, countsFrom: before.countsFrom ?? null }
    : meter;
}

function definitionOf({ eventType, aggregation, value, operation, groupBy, filter }: Meter): string {
  return JSON.stringify([eventType, aggregation, value, operation, groupBy, filter]);
}

function saidOf(meter: Meter): string {
  return JSON.stringify([definitionOf(meter), meter.name, meter.unit]);
}

function meterDocument({ createdAt, updatedAt, countsFrom = null, ...meter }: Meter): MeterDocument {
  return {
    ...meter,
    countsFrom: countsFrom === null ? null : timeText(countsFrom),
    createdAt: timeText(createdAt),
    updatedAt: timeText(updatedAt),
  };
}

function timeText(instantMs: number): string {
  return new Date(instantMs).toISOString();
}
