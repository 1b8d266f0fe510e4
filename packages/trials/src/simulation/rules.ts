import type { SentEvent } from "./facts.ts";

/** What a meter measures, as its merchant defined it. `value` and `groupBy` are paths into data. */
export interface MeterRule {
  readonly key: string;
  readonly eventType: string;
  readonly aggregation: "count" | "sum";
  readonly value?: string;
  readonly groupBy: readonly string[];
}

/** A price for each unit of a meter. Amounts are plain decimals. */
export interface UnitPrice {
  readonly key: string;
  readonly meter: string;
  readonly unitPrice: string;
  readonly per?: string;
  readonly group?: Readonly<Record<string, string>>;
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
