import type { AggregationName } from "../meter.ts";
import type { Aggregation } from "./aggregation.ts";
import { average } from "./average.ts";
import { count } from "./count.ts";
import { latest } from "./latest.ts";
import { max } from "./max.ts";
import { min } from "./min.ts";
import { sum } from "./sum.ts";
import { sumProrated } from "./sum-prorated.ts";
import { uniqueCount } from "./unique-count.ts";
import { uniqueCountProrated } from "./unique-count-prorated.ts";
import { weightedSum } from "./weighted-sum.ts";

/** Hides what a state is: whoever folds by a name gives an aggregation no states but its own. */
function opaque<State>(aggregation: Aggregation<State>): Aggregation<unknown> {
  return aggregation as Aggregation<unknown>;
}

const byName: Readonly<Record<AggregationName, Aggregation<unknown>>> = {
  count: opaque(count),
  sum: opaque(sum),
  max: opaque(max),
  min: opaque(min),
  latest: opaque(latest),
  unique_count: opaque(uniqueCount),
  average: opaque(average),
  weighted_sum: opaque(weightedSum),
  sum_prorated: opaque(sumProrated),
  unique_count_prorated: opaque(uniqueCountProrated),
};

/** The aggregation of a name. */
export function aggregationOf(name: AggregationName): Aggregation<unknown> {
  return byName[name];
}
