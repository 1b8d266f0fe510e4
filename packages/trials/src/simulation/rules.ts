import type { SentEvent } from "./facts.ts";

/** A condition on the value at a path, in the API's words; text alone stands for `eq`. */
export type ConditionRule =
  | string
  | {
      readonly eq?: string;
      readonly in?: readonly string[];
      readonly not?: string;
      readonly exists?: boolean;
      readonly gt?: string;
      readonly gte?: string;
      readonly lt?: string;
      readonly lte?: string;
    };

/** Which events a meter takes, in the API's words: all conditions hold, and one of `or` where there is any. */
export interface FilterRule {
  readonly conditions: Readonly<Record<string, ConditionRule>>;
  readonly or?: readonly FilterRule[];
}

/** What a meter measures, as its merchant defined it. `value` and `groupBy` are paths into data. */
export interface MeterRule {
  readonly key: string;
  readonly eventType: string;
  readonly aggregation:
    | "count"
    | "sum"
    | "max"
    | "min"
    | "latest"
    | "unique_count"
    | "average"
    | "weighted_sum"
    | "sum_prorated"
    | "unique_count_prorated";
  readonly value?: string;
  readonly groupBy: readonly string[];
  readonly filter?: FilterRule;
}

/** Whether what lies before a window is carried into its value. */
export function carriesOn({ aggregation }: MeterRule): boolean {
  return ["weighted_sum", "sum_prorated", "unique_count_prorated"].includes(aggregation);
}

/** A tier of usage, up to and with its bound. */
export interface TierRule {
  readonly upTo: string | null;
  readonly unitPrice: string;
  readonly flat: string;
}

/** How a period's quantity becomes what a price is for. */
export interface ConvertRule {
  readonly by: string;
  readonly op: "divide" | "multiply";
  readonly round?: "up" | "down" | "half_even";
}

/** A share of each transaction, with the limits of each; the first ones may be free. */
export interface PercentageRule {
  readonly model: "percentage";
  readonly rate: string;
  readonly fixed: string;
  readonly freeUnits?: string;
  readonly freeAmount?: string;
  readonly minimum?: string;
  readonly maximum?: string;
}

/** A price a unit for each value of one group, and for all others. */
export interface MatrixRule {
  readonly model: "matrix";
  readonly dimension: string;
  readonly cells: readonly { readonly value: string; readonly unitPrice: string }[];
  readonly otherwise: string;
}

/** How a quantity alone becomes an amount. */
export type QuantityRule =
  | { readonly model: "per_unit"; readonly unitPrice: string }
  | { readonly model: "graduated" | "volume"; readonly tiers: readonly TierRule[] }
  | { readonly model: "package"; readonly size: string; readonly amount: string }
  | {
      readonly model: "graduated_percentage";
      readonly tiers: readonly { readonly upTo: string | null; readonly rate: string; readonly fixed: string }[];
    }
  | { readonly model: "capacity"; readonly tiers: readonly { readonly upTo: string | null; readonly amount: string }[] }
  | { readonly model: "dynamic"; readonly multiplier: string };

/** A price for the usage of a meter. Amounts are plain decimals. */
export interface UnitPrice {
  readonly key: string;
  readonly meter: string;
  readonly rate: QuantityRule | PercentageRule | MatrixRule;
  readonly per?: string;
  readonly group?: Readonly<Record<string, string>>;
  readonly convert?: ConvertRule;
  readonly freeUnits?: string;
  readonly discount?: string;
  readonly maximum?: string;
}

/** A price for each period. */
export interface PeriodPrice {
  readonly key: string;
  readonly amount: string;
  readonly timing: "in_advance" | "in_arrears";
}

/** A price list. */
export interface PlanRule {
  readonly key: string;
  readonly currency: string;
  readonly interval: "day" | "month";
  readonly units: readonly UnitPrice[];
  readonly flats: readonly PeriodPrice[];
  readonly minimumInvoice?: string;
}

/** A meter's definition, and by its number when it was made: of two definitions of one meter the later has the larger. */
export interface Definition {
  readonly rule: MeterRule;
  readonly made: number;
}

/** The type of events that carry their own amount. */
export const chargeType = "charge";

/** The built-in meter of direct charges. */
export const chargeRule: MeterRule = {
  key: "charge",
  eventType: chargeType,
  aggregation: "sum",
  value: "amount",
  groupBy: ["currency"],
};

/** An event that counts, at the time that it has. Units: milliseconds. */
export interface TimedEvent {
  readonly event: SentEvent;
  readonly time: number;
}
