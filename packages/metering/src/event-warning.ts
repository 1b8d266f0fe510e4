import { type CustomerId, parseDecimal } from "@farthing/money";
import { aggregationOf } from "./aggregations/index.ts";
import type { ParsedEvent } from "./event.ts";
import { ExactNumber } from "./exact-number.ts";
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
  const byType = takersByType(meters);
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
    else for (const taker of takers) warnOfValue(event, taker, (code, message) => warn(position, code, message));
  });
  return { warnings, warningCount };
}

/** A meter with the way to its value; without one where it needs none. */
interface Taker {
  readonly meter: Meter;
  readonly path: readonly string[] | undefined;
}

function takersByType(set: MeterSet): ReadonlyMap<string, readonly Taker[]> {
  const takers = metersOf(set).map((meter) => {
    const needsValue = aggregationOf(meter.aggregation).needsValue;
    return { meter, path: needsValue ? pathSteps(meter.value ?? "") : undefined };
  });
  return Map.groupBy(takers, ({ meter }) => meter.eventType);
}

function warnOfValue(
  event: ParsedEvent,
  { meter, path: steps }: Taker,
  warn: (code: WarningCode, message: string) => void,
): void {
  if (steps === undefined) return;
  const value = valueAt(event.data, steps);
  if (typeof value === "number") return;
  const path = meter.value ?? "";
  if (value === undefined || value === null) warn("value_missing", `meter ${meter.key} finds nothing at data.${path}`);
  else if (!isNumeric(value)) warn("value_not_numeric", `meter ${meter.key} finds no decimal number at data.${path}`);
}

function isNumeric(value: unknown): boolean {
  if (typeof value === "string") return parseDecimal(value).ok;
  return value instanceof ExactNumber;
}

function valueAt(data: unknown, path: readonly string[]): unknown {
  let at = data;
  for (const step of path) {
    if (typeof at !== "object" || at === null || Array.isArray(at) || !Object.hasOwn(at, step)) return undefined;
    at = (at as Readonly<Record<string, unknown>>)[step];
  }
  return at;
}
