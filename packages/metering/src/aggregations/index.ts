import type { AggregationName } from "../meter.ts";
import type { Aggregation } from "./aggregation.ts";
import { count } from "./count.ts";
import { sum } from "./sum.ts";

const byName: Readonly<Record<AggregationName, Aggregation<unknown>>> = {
  count: count as Aggregation<unknown>,
  sum: sum as Aggregation<unknown>,
};

/** The aggregation of a name. */
export function aggregationOf(name: AggregationName): Aggregation<unknown> {
  return byName[name];
}
