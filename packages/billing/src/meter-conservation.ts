import { hourStart, type Meter, MeterState, type ValueWindow } from "@farthing/metering";
import { formatDecimal } from "@farthing/money";
import type { HourRange } from "./accepted-events.ts";
import { type EventCounts, noEvents } from "./customer-conservation.ts";
import { openSource } from "./event-source.ts";
import { customerOf } from "./newest-rows.ts";
import type { OutcomeScope } from "./outcome-count.ts";
import type { ReportStores } from "./report-conservation.ts";
import type { MeteredCell } from "./row-meters.ts";

/** What became of the events that one meter takes, in events and in the meter's quantity; null where it has none. */
export interface MeterCounts {
  readonly meter: string;
  readonly customer?: string;
  readonly accepted: number;
  readonly events: Readonly<EventCounts>;
  readonly quantities: Readonly<Record<keyof EventCounts, string | null>>;
}

/** Which meters to count, and whether apart for each customer. */
export interface MeterScope extends OutcomeScope {
  readonly hours: HourRange;
  readonly meter?: string | undefined;
  readonly byCustomer: boolean;
}

const rowsAtOnce = 1_000;

/** Counts what became of events, meter by meter; an event that several meters take is counted with each. Undefined once the time is up. */
export async function countMeters(
  stores: ReportStores,
  { merchant, customer, hours, meter, byCustomer }: MeterScope,
  isOver: () => boolean = () => false,
): Promise<readonly MeterCounts[] | undefined> {
  const source = await openSource(stores, { merchant, customer, ...hours });
  const sheet = new Map<string, MeterSheet>();
  const window = windowOf(hours);
  for (const hour of source.hours) {
    const rows = [...(await source.rows(hour))];
    for (let at = 0; at < rows.length; at += rowsAtOnce) {
      if (isOver()) return undefined;
      for (const { trace, row } of await source.trace(hour, rows.slice(at, at + rowsAtOnce))) {
        const { outcome, cells } = await trace.fate(row);
        const whose = byCustomer ? customerOf(row) : undefined;
        for (const own of byMeter(cells.filter((cell) => meter === undefined || cell.meter.key === meter))) {
          const key = JSON.stringify([whose ?? "", own[0].meter.key]);
          const counted = sheet.get(key) ?? new MeterSheet(own[0].meter, whose, window);
          sheet.set(key, counted);
          counted.add(outcome, own);
        }
      }
    }
  }
  return [...sheet].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, counted]) => counted.counts());
}

type Cells = readonly [MeteredCell, ...MeteredCell[]];

function byMeter(cells: readonly MeteredCell[]): readonly Cells[] {
  return [...Map.groupBy(cells, ({ meter }) => meter.key).values()].flatMap(([first, ...rest]) =>
    first === undefined ? [] : [[first, ...rest] as const],
  );
}

class MeterSheet {
  readonly #meter: Meter;
  readonly #customer: string | undefined;
  readonly #window: ValueWindow;
  readonly #events = noEvents();
  readonly #states = new Map<keyof EventCounts, MeterState>();

  constructor(meter: Meter, customer: string | undefined, window: ValueWindow) {
    this.#meter = meter;
    this.#customer = customer;
    this.#window = window;
  }

  add(outcome: keyof EventCounts, cells: Cells): void {
    this.#events[outcome] += 1;
    const state = this.#states.get(outcome) ?? new MeterState(this.#meter);
    this.#states.set(outcome, state);
    for (const { cell } of cells) state.addCell(cell);
  }

  counts(): MeterCounts {
    const names = Object.keys(this.#events) as (keyof EventCounts)[];
    const quantities = names.map((name) => [name, this.#quantity(name)] as const);
    return {
      meter: this.#meter.key,
      ...(this.#customer === undefined ? {} : { customer: this.#customer }),
      accepted: Object.values(this.#events).reduce((sum, count) => sum + count, 0),
      events: this.#events,
      quantities: Object.fromEntries(quantities) as MeterCounts["quantities"],
    };
  }

  #quantity(name: keyof EventCounts): string | null {
    const state = this.#states.get(name) ?? new MeterState(this.#meter);
    const value = state.value(this.#window);
    return value === null ? null : formatDecimal(value);
  }
}

/** Values are of the whole range, by clocks in UTC. */
function windowOf({ from, to }: HourRange): ValueWindow {
  const range = { from: hourStart(from), to: hourStart(to) };
  return { ...range, whole: range, timezone: "UTC" };
}
