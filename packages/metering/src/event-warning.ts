import type { CustomerId } from "@farthing/money";
import type { Need } from "./aggregations/aggregation.ts";
import { aggregationOf } from "./aggregations/index.ts";
import type { ParsedEvent } from "./event.ts";
import { eventColumn, quantityIn, textIn, valueAt } from "./event-column.ts";
import { filterTree } from "./filter.ts";
import { filterRows, type RowTest } from "./filter-rows.ts";
import { type Meter, type MeterSet, metersOf, pathSteps } from "./meter.ts";

/** Why an accepted event may not be charged as its sender expects. */
export type WarningCode = "unmetered" | "value_missing" | "value_not_numeric" | "unknown_customer";

/** A warning on one event of a request. */
export interface EventWarning {
  readonly index: number;
  readonly code: WarningCode;
  readonly message: string;
}

const maxWarningsListed = 1_000;

/** Warns of events that no meter takes, that lack the value which a meter adds up, or whose customer nobody put. */
export function warningsOf(
  events: readonly ParsedEvent[],
  {
    indexes,
    meters,
    known,
  }: {
    readonly indexes: readonly number[];
    readonly meters: MeterSet;
    readonly known: ReadonlySet<CustomerId>;
  },
): { readonly warnings: readonly EventWarning[]; readonly warningCount: number } {
  const byType = takersByType(meters, events);
  const warnings: EventWarning[] = [];
  let warningCount = 0;
  const warn = (position: number, code: WarningCode, message: string) => {
    warningCount += 1;
    if (warnings.length < maxWarningsListed) warnings.push({ index: indexes[position] ?? position, code, message });
  };
  events.forEach((event, position) => {
    if (!known.has(event.customer)) warn(position, "unknown_customer", "no customer of this id was put");
    const takers = byType.get(event.type);
    if (takers === undefined) warn(position, "unmetered", "no meter takes events of this type");
    for (const taker of takers ?? [])
      if (taker.takes?.(position) !== false)
        warnOfValue(event, taker, (code, message) => warn(position, code, message));
  });
  return { warnings, warningCount };
}

/** A meter with the way to its value, without one where it needs none, and with which events its filter takes. */
interface Taker {
  readonly meter: Meter;
  readonly needs: Need;
  readonly path: readonly string[];
  readonly takes: RowTest | undefined;
}

function takersByType(set: MeterSet, events: readonly ParsedEvent[]): ReadonlyMap<string, readonly Taker[]> {
  const takers = metersOf(set).map((meter): Taker => {
    const takes = meter.filter && filterRows(filterTree(meter.filter), (path) => eventColumn(events, path));
    return { meter, needs: aggregationOf(meter.aggregation).needs, path: pathSteps(meter.value ?? ""), takes };
  });
  return Map.groupBy(takers, ({ meter }) => meter.eventType);
}

function warnOfValue(
  event: ParsedEvent,
  { meter, needs, path }: Taker,
  warn: (code: WarningCode, message: string) => void,
): void {
  if (needs === "nothing") return;
  const value = valueAt(event.data, path);
  if (typeof value === "number") return;
  const at = `data.${meter.value ?? ""}`;
  if (value === undefined || value === null) warn("value_missing", `meter ${meter.key} finds nothing at ${at}`);
  else if (needs === "number" && typeof quantityIn(value) === "string")
    warn("value_not_numeric", `meter ${meter.key} finds no decimal number at ${at}`);
  else if (needs === "text" && textIn(value) === undefined)
    warn("value_missing", `meter ${meter.key} finds no single value at ${at}`);
}
