import type { Meter } from "@farthing/sdk";
import { type Range, readRange, readWindow, type Window } from "./ranges.ts";
import type { QueryValues } from "./search.ts";

/** What the usage page shows: read from the address, every part of it valid. */
export interface UsageChoice {
  readonly meter: Meter;
  readonly range: Range;
  readonly window: Window;
  readonly by: string | undefined;
  readonly customer: string | undefined;
  readonly zone: string;
  /** The address's own values, for links that change one of them. */
  readonly query: QueryValues;
}

interface Options {
  readonly meters: readonly Meter[];
  readonly zone: string;
  readonly now: string;
}

/** Reads the choice; what the address leaves out or gets wrong takes its default. Nothing where there is no meter. */
export function usageChoice(query: QueryValues, { meters, zone, now }: Options): UsageChoice | undefined {
  const meter = meters.find(({ key }) => key === query.meter) ?? meters[0];
  if (!meter) return undefined;
  const range = readRange(query, zone, now, "7d");
  const window = readWindow(query.window, range);
  const by = groupsOf(meter).find((name) => name === query.by);
  return { meter, range, window, by, customer: query.customer, zone, query };
}

/** The names that a meter's usage can be grouped by. */
export function groupsOf(meter: Meter): readonly string[] {
  return ["customer", ...meter.groupBy];
}
