import { type Clock, type CustomerId, type Decimal, err, type MerchantId, ok, type Result } from "@farthing/money";
import { aggregationOf } from "./aggregations/index.ts";
import { readExactFacts, readFacts, type UsageStores } from "./customer-facts.ts";
import { type Hour, hourOf, hourPlus } from "./hour.ts";
import { inParallel } from "./in-parallel.ts";
import { chargeMeter, type MeterSet, type MeterSets, metersOf } from "./meter.ts";
import { readNews } from "./news.ts";
import type { TimeRange } from "./time-range.ts";
import { UsageSheet } from "./usage-sheet.ts";
import { type TooManyWindows, type UnknownTimezone, type WindowName, windowsOf } from "./windows.ts";

/** No meter has this key. */
export interface UnknownMeter {
  readonly code: "unknown_meter";
  readonly meter: string;
}

/** The meter is not grouped by this. */
export interface UnknownGroup {
  readonly code: "unknown_group";
  readonly group: string;
}

/** What a usage query asks. Units: milliseconds; `groupBy` names group paths of the meter, or "customer". */
export interface UsageQuery extends TimeRange {
  readonly merchant: MerchantId;
  readonly meter: string;
  readonly customer?: CustomerId | undefined;
  readonly window: WindowName;
  readonly groupBy: readonly string[];
  readonly timezone: string;
  /** Copies are found wherever they lie, as seals find them, not in neighbouring hours alone. */
  readonly exact?: boolean | undefined;
}

/** One value of a usage answer; `value` is null where the aggregation has none. */
export interface UsageRow extends TimeRange {
  readonly customer?: CustomerId;
  readonly group?: Readonly<Record<string, string | null>>;
  readonly value: Decimal | null;
}

/** A usage answer. Units: `asOf` in milliseconds. */
export interface Usage {
  readonly meter: string;
  readonly rows: readonly UsageRow[];
  readonly asOf: number;
}

/** What a usage query needs. */
export interface UsagePorts extends UsageStores {
  readonly meters: MeterSets;
  readonly clock: Clock;
  /** All customers of a merchant that may have facts, in order of their ids. */
  customersOf(merchant: MerchantId): AsyncIterable<CustomerId>;
}

const customersAtOnce = 8;
/** Before any event: values that are carried into a range may come from anywhere before it. */
const firstHour = hourPlus(hourOf(0), 48);

/**
 * What a meter measured, window by window: of one customer, of all together, or of each. Shows every event whose request
 * was answered before the query began.
 *
 * Errors: `unknown_meter`, `unknown_group`, `unknown_timezone`, `too_many_windows`.
 */
export async function queryUsage(
  ports: UsagePorts,
  query: UsageQuery,
): Promise<Result<Usage, UnknownMeter | UnknownGroup | UnknownTimezone | TooManyWindows>> {
  const asOf = ports.clock.now();
  const set = await ports.meters.currentMeters(query.merchant);
  const meter = metersOf(set).find(({ key }) => key === query.meter);
  if (meter === undefined) return err({ code: "unknown_meter", meter: query.meter });
  const unknown = query.groupBy.find((path) => path !== "customer" && !meter.groupBy.includes(path));
  if (unknown !== undefined) return err({ code: "unknown_group", group: unknown });
  const windows = windowsOf(query, query.window, query.timezone);
  if (!windows.ok) return windows;
  const sheet = new UsageSheet(meter, { ...query, windows: windows.value });
  await fillSheet(ports, query, {
    set: { revision: set.revision, meters: meter.key === chargeMeter.key ? [] : [meter] },
    sheet,
    from: aggregationOf(meter.aggregation).carries ? firstHour : hourOf(query.from),
  });
  return ok({ meter: meter.key, rows: sheet.rows(), asOf });
}

async function fillSheet(
  ports: UsagePorts,
  query: UsageQuery,
  { set, sheet, from }: { readonly set: MeterSet; readonly sheet: UsageSheet; readonly from: Hour },
): Promise<void> {
  const hours = { from, to: hourPlus(hourOf(query.to - 1), 1) };
  const scope = query.customer === undefined ? {} : { customer: query.customer };
  const news = await readNews(ports, {
    merchant: query.merchant,
    ...scope,
    // Whatever its hour, a void may stand against what is asked about.
    from: 0 as Hour,
    to: hourPlus(hourOf(ports.clock.now()), 2),
  });
  const read = query.exact === true ? readExactFacts : readFacts;
  const customers =
    query.customer === undefined ? await everyCustomer(ports, query.merchant, news.keys()) : [query.customer];
  await inParallel(customersAtOnce, customers, async (customer) => {
    const ref = { merchant: query.merchant, customer };
    const facts = await read(ports, ref, { hours, news: news.get(customer) ?? new Map() });
    await sheet.addCustomer(facts, set);
  });
}

async function everyCustomer(
  ports: UsagePorts,
  merchant: MerchantId,
  inNews: Iterable<CustomerId>,
): Promise<CustomerId[]> {
  const all = new Set(inNews);
  for await (const customer of ports.customersOf(merchant)) all.add(customer);
  return [...all].sort();
}
