import { type Decimal, decimal, formatDecimal } from "@farthing/money";
import type { Aggregation, Sample, ValueWindow } from "./aggregation.ts";

export const hour = 3_600_000;
export const day = 24 * hour;
/** The first of August 2023. */
export const august = Date.UTC(2023, 7);

/** A sample of an event, by default one of the first of August. */
export function sample(value: string | number, more: Partial<Sample> = {}): Sample {
  const quantity: number | Decimal = typeof value === "number" ? value : numeric(value);
  return { quantity, text: String(value), time: august, id: "a", removes: false, ...more };
}

function numeric(value: string): Decimal {
  return /^-?\d+(\.\d+)?$/.test(value) ? decimal(value) : decimal("0");
}

/** The window of August 2023 in UTC, or another. */
export function windowOf(from = august, to = august + 31 * day, more: Partial<ValueWindow> = {}): ValueWindow {
  return { from, to, whole: { from, to }, timezone: "UTC", ...more };
}

export function stateOf<State>(aggregation: Aggregation<State>, samples: readonly Sample[]): State {
  return samples.reduce((state, one) => aggregation.add(state, one), aggregation.empty());
}

/** The value over a window, as text. */
export function valued<State>(
  aggregation: Aggregation<State>,
  samples: readonly Sample[],
  { window = windowOf(), before = [] as readonly Sample[] } = {},
): string | null {
  const by = { window, before: stateOf(aggregation, before) };
  const value = aggregation.value(stateOf(aggregation, samples), by);
  return value === null ? null : formatDecimal(value);
}
