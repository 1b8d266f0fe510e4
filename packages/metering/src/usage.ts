import { type Clock, type CustomerId, type Decimal, err, type MerchantId, ok, type Result } from "@farthing/money";
import { type CustomerFacts, readFacts, type UsageStores } from "./customer-facts.ts";
import { hourOf, hourPlus } from "./hour.ts";
import { inParallel } from "./in-parallel.ts";
import { type Meter, type MeterSet, type MeterSets, metersOf } from "./meter.ts";
import { readNews } from "./news.ts";
import { groupValue, valueOfCells } from "./quantity.ts";
import type { Cell } from "./tally.ts";
import type { TimeRange } from "./tally-range.ts";
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
/** How far before a range news is read: a copy may hang on one in the hour before, that on another, and so on. */
const chainedHours = 24;

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
  const sheet = new UsageSheet(meter, query.groupBy, windows.value);
  await fillSheet(ports, query, { set, sheet });
  return ok({ meter: meter.key, rows: sheet.rows(), asOf });
}

async function fillSheet(
  ports: UsagePorts,
  query: UsageQuery,
  { set, sheet }: { readonly set: MeterSet; readonly sheet: UsageSheet },
): Promise<void> {
  const hours = { from: hourOf(query.from), to: hourPlus(hourOf(query.to - 1), 1) };
  const scope = query.customer === undefined ? {} : { customer: query.customer };
  const news = await readNews(ports, {
    merchant: query.merchant,
    ...scope,
    from: hourPlus(hours.from, -chainedHours),
    to: hourPlus(hourOf(ports.clock.now()), 2),
  });
  const customers =
    query.customer === undefined ? await everyCustomer(ports, query.merchant, news.keys()) : [query.customer];
  await inParallel(customersAtOnce, customers, async (customer) => {
    const ref = { merchant: query.merchant, customer };
    const facts = await readFacts(ports, ref, { hours, news: news.get(customer) ?? new Map() });
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

/** Collects cells by window and row, and values them at the end. */
class UsageSheet {
  readonly #meter: Meter;
  readonly #groupBy: readonly string[];
  readonly #windows: readonly TimeRange[];
  readonly #cells = new Map<
    string,
    { readonly labels: readonly (string | null)[]; readonly byWindow: Map<number, Cell[]> }
  >();

  constructor(meter: Meter, groupBy: readonly string[], windows: readonly TimeRange[]) {
    this.#meter = meter;
    this.#groupBy = groupBy;
    this.#windows = windows;
    if (groupBy.length === 0) this.#cells.set("[]", { labels: [], byWindow: new Map() });
  }

  async addCustomer(facts: CustomerFacts, set: MeterSet): Promise<void> {
    for (const part of facts.parts) {
      for (let at = this.#firstWindow(part.first); at < this.#windows.length; at++) {
        const window = this.#windows[at];
        if (window === undefined || window.from > part.last) break;
        const tally = await part.tally(set, window);
        for (const cell of tally.cells)
          if (cell.meter === this.#meter.key) this.#add(facts.customer.customer, at, cell);
      }
    }
  }

  rows(): readonly UsageRow[] {
    const series = [...this.#cells.values()].sort((a, b) =>
      JSON.stringify(a.labels) < JSON.stringify(b.labels) ? -1 : 1,
    );
    return series.flatMap(({ labels, byWindow }) =>
      this.#windows.map((window, at) => ({
        ...window,
        ...this.#labelled(labels),
        value: valueOfCells(byWindow.get(at) ?? [], this.#meter),
      })),
    );
  }

  #firstWindow(time: number): number {
    let [low, high] = [0, this.#windows.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#windows[middle]?.to ?? 0) <= time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #add(customer: CustomerId, window: number, cell: Cell): void {
    const labels = this.#groupBy.map((path) =>
      path === "customer" ? customer : groupValue(this.#meter, cell.group, path),
    );
    const key = JSON.stringify(labels);
    const series = this.#cells.get(key) ?? { labels, byWindow: new Map<number, Cell[]>() };
    this.#cells.set(key, series);
    const cells = series.byWindow.get(window) ?? [];
    cells.push(cell);
    series.byWindow.set(window, cells);
  }

  #labelled(labels: readonly (string | null)[]): Pick<UsageRow, "customer" | "group"> {
    const named = this.#groupBy.map((path, index) => [path, labels[index] ?? null] as const);
    const customer = named.find(([path]) => path === "customer")?.[1];
    const group = Object.fromEntries(named.filter(([path]) => path !== "customer"));
    return {
      ...(customer === undefined || customer === null ? {} : { customer: customer as CustomerId }),
      ...(Object.keys(group).length === 0 ? {} : { group }),
    };
  }
}
