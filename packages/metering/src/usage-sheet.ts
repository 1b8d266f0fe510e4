import type { CustomerId } from "@farthing/money";
import { aggregationOf } from "./aggregations/index.ts";
import type { CustomerFacts } from "./customer-facts.ts";
import type { Meter, MeterSet } from "./meter.ts";
import { MeterState } from "./meter-state.ts";
import { groupValue } from "./quantity.ts";
import type { Cell } from "./tally.ts";
import type { TimeRange } from "./time-range.ts";
import type { UsageRow } from "./usage.ts";

/** How a sheet is laid out. */
interface SheetLayout {
  readonly groupBy: readonly string[];
  readonly windows: readonly TimeRange[];
  readonly timezone: string;
}

/** One row of values, window by window; `before` is what lies before the first window. */
interface Series {
  readonly labels: readonly (string | null)[];
  readonly before: MeterState;
  readonly byWindow: Map<number, MeterState>;
}

/** What `#add` takes for the time before the first window. */
const beforeAll = -1;

/** Collects a meter's states by row and window, and values them at the end. */
export class UsageSheet {
  readonly #meter: Meter;
  readonly #layout: SheetLayout;
  readonly #series = new Map<string, Series>();

  constructor(meter: Meter, layout: SheetLayout) {
    this.#meter = meter;
    this.#layout = layout;
    if (layout.groupBy.length === 0) this.#seriesOf([]);
  }

  /** Adds a customer's facts, those before the first window too where the facts hold them. */
  async addCustomer({ customer, parts }: CustomerFacts, set: MeterSet): Promise<void> {
    const { windows } = this.#layout;
    const start = windows[0]?.from ?? 0;
    for (const part of parts) {
      if (part.first < start && aggregationOf(this.#meter.aggregation).carries) {
        const tally = await part.tally(set, { from: Number.NEGATIVE_INFINITY, to: start });
        for (const cell of tally.cells) this.#add(customer.customer, beforeAll, cell);
      }
      for (let at = this.#firstWindow(part.first); at < windows.length; at++) {
        const window = windows[at];
        if (window === undefined || window.from > part.last) break;
        const tally = await part.tally(set, window);
        for (const cell of tally.cells) this.#add(customer.customer, at, cell);
      }
    }
  }

  /** The rows, each with a value for every window. */
  rows(): readonly UsageRow[] {
    const series = [...this.#series.values()].sort((a, b) =>
      JSON.stringify(a.labels) < JSON.stringify(b.labels) ? -1 : 1,
    );
    return series.flatMap((one) => this.#valued(one));
  }

  #valued({ labels, before, byWindow }: Series): readonly UsageRow[] {
    const { windows, timezone } = this.#layout;
    const named = this.#labelled(labels);
    const none = new MeterState(this.#meter);
    return windows.map((window, at) => {
      const state = byWindow.get(at);
      const value = (state ?? none).value({ ...window, whole: window, timezone }, before);
      if (state !== undefined) before.merge(state);
      return { ...window, ...named, value };
    });
  }

  #firstWindow(time: number): number {
    const { windows } = this.#layout;
    let [low, high] = [0, windows.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((windows[middle]?.to ?? 0) <= time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #add(customer: CustomerId, window: number, cell: Cell): void {
    if (cell.meter !== this.#meter.key) return;
    const series = this.#seriesOf(
      this.#layout.groupBy.map((path) => (path === "customer" ? customer : groupValue(this.#meter, cell.group, path))),
    );
    const state = window === beforeAll ? series.before : (series.byWindow.get(window) ?? new MeterState(this.#meter));
    state.addCell(cell);
    if (window !== beforeAll) series.byWindow.set(window, state);
  }

  #seriesOf(labels: readonly (string | null)[]): Series {
    const key = JSON.stringify(labels);
    const series = this.#series.get(key) ?? { labels, before: new MeterState(this.#meter), byWindow: new Map() };
    this.#series.set(key, series);
    return series;
  }

  #labelled(labels: readonly (string | null)[]): Pick<UsageRow, "customer" | "group"> {
    const named = this.#layout.groupBy.map((path, index) => [path, labels[index] ?? null] as const);
    const customer = named.find(([path]) => path === "customer")?.[1];
    const group = Object.fromEntries(named.filter(([path]) => path !== "customer"));
    return {
      ...(customer === undefined || customer === null ? {} : { customer: customer as CustomerId }),
      ...(Object.keys(group).length === 0 ? {} : { group }),
    };
  }
}
