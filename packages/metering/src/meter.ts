import type { MerchantId } from "@farthing/money";
import type { Filter } from "./filter.ts";

/** The names of all aggregations. */
export const aggregationNames = [
  "count",
  "sum",
  "max",
  "min",
  "latest",
  "unique_count",
  "average",
  "weighted_sum",
  "sum_prorated",
  "unique_count_prorated",
] as const;

/** How a meter folds its events into one value. */
export type AggregationName = (typeof aggregationNames)[number];

/**
 * What a meter measures: events of one type that its filter takes, folded by one aggregation, apart for each combination of
 * its groups.
 *
 * `value`, `groupBy` and `operation` are paths into `data`; `revision` is the meter set's revision at which this meter last
 * changed. Every event from `countsFrom` on is counted by this definition, earlier ones where no invoice billed them; `null`
 * where nothing was billed yet. Units: times in milliseconds.
 */
export interface Meter {
  readonly key: string;
  readonly eventType: string;
  readonly aggregation: AggregationName;
  readonly value?: string;
  readonly operation?: string;
  readonly groupBy: readonly string[];
  readonly filter?: Filter;
  readonly name?: string;
  readonly unit?: string;
  readonly revision: number;
  readonly countsFrom?: number | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** All meters of a merchant as of one revision; revisions count up from 0, where there are none. */
export interface MeterSet {
  readonly revision: number;
  readonly meters: readonly Meter[];
}

/** The meter set of a merchant that has defined none. */
export const noMeters: MeterSet = { revision: 0, meters: [] };

/** The type of events that carry their own amount. */
export const chargeType = "charge";

/** The meter that every merchant has: the amounts of direct charges, apart for each currency. */
export const chargeMeter: Meter = {
  key: "charge",
  eventType: chargeType,
  aggregation: "sum",
  value: "amount",
  groupBy: ["currency"],
  revision: 0,
  createdAt: 0,
  updatedAt: 0,
};

/** Every meter of a set, the built-in one of direct charges with them. */
export function metersOf(set: MeterSet): readonly Meter[] {
  return [chargeMeter, ...set.meters];
}

/** A path into `data` as its steps. */
export function pathSteps(path: string): readonly string[] {
  return path.split(".");
}

/** Where a merchant's meter sets are kept: every revision for ever, since sealed invoices are rendered again from them. */
export interface MeterSets {
  /** The newest set, read strongly; `noMeters` where there is none. */
  currentMeters(merchant: MerchantId): Promise<MeterSet>;
  /** The set of a revision, 0 being `noMeters`. Errors: throws on a revision that was never published. */
  metersAt(merchant: MerchantId, revision: number): Promise<MeterSet>;
  /** Publishes the next revision; "taken" where another writer was first. */
  publishMeters(merchant: MerchantId, set: MeterSet): Promise<"published" | "taken">;
}
