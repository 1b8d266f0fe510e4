import { type Clock, err, type MerchantId, ok, type Result } from "@farthing/money";
import { aggregationOf } from "./aggregations/index.ts";
import { type AggregationName, chargeMeter, type Meter, type MeterSet, type MeterSets } from "./meter.ts";

/** What is said of a meter. */
export interface MeterBody {
  readonly eventType: string;
  readonly aggregation: AggregationName;
  readonly value?: string | undefined;
  readonly groupBy?: readonly string[] | undefined;
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
}

/** A meter as the API shows it. */
export type MeterDocument = Omit<Meter, "createdAt" | "updatedAt"> & {
  readonly createdAt: string;
  readonly updatedAt: string;
};

const attempts = 20;
const maxMeters = 500;

/**
 * Creates or changes a meter. It counts facts that were stored before and are not billed yet; a change of name or unit alone
 * keeps its revision, since it counts the same.
 *
 * Errors: `invalid_request` for the key of direct charges, a missing value, or a merchant with 500 meters.
 */
export async function putMeter(
  { meters, clock }: MeterStores,
  { merchant, key, body }: { readonly merchant: MerchantId; readonly key: string; readonly body: MeterBody },
): Promise<Result<MeterDocument, InvalidMeter>> {
  const problem = problemOf(key, body);
  if (problem !== undefined) return problem;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const current = await meters.currentMeters(merchant);
    const before = current.meters.find((meter) => meter.key === key);
    const meter = nextMeter(current, { key, body, now: clock.now() });
    if (before !== undefined && saidOf(before) === saidOf(meter)) return ok(meterDocument(before));
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

function problemOf(
  key: string,
  { aggregation, value, groupBy = [] }: MeterBody,
): Result<never, InvalidMeter> | undefined {
  if (key === chargeMeter.key) return refuse("key", "The meter of direct charges is built in.");
  if (aggregationOf(aggregation).needsValue && value === undefined)
    return refuse("value", `A ${aggregation} needs a value.`);
  if (new Set(groupBy).size !== groupBy.length) return refuse("groupBy", "A group is named once.");
  return undefined;
}

function refuse(path: string, message: string): Result<never, InvalidMeter> {
  return err({ code: "invalid_request", issues: [{ path, message }] });
}

function nextMeter(current: MeterSet, { key, body, now }: { key: string; body: MeterBody; now: number }): Meter {
  const { eventType, aggregation, value, groupBy = [], name, unit } = body;
  const before = current.meters.find((meter) => meter.key === key);
  const meter: Meter = {
    key,
    eventType,
    aggregation,
    groupBy,
    ...(value === undefined ? {} : { value }),
    ...(name === undefined ? {} : { name }),
    ...(unit === undefined ? {} : { unit }),
    revision: current.revision + 1,
    createdAt: before?.createdAt ?? now,
    updatedAt: now,
  };
  return before !== undefined && definitionOf(before) === definitionOf(meter)
    ? { ...meter, revision: before.revision }
    : meter;
}

function definitionOf({ eventType, aggregation, value, groupBy }: Meter): string {
  return JSON.stringify([eventType, aggregation, value, groupBy]);
}

function saidOf(meter: Meter): string {
  return JSON.stringify([definitionOf(meter), meter.name, meter.unit]);
}

function meterDocument({ createdAt, updatedAt, ...meter }: Meter): MeterDocument {
  return { ...meter, createdAt: new Date(createdAt).toISOString(), updatedAt: new Date(updatedAt).toISOString() };
}
