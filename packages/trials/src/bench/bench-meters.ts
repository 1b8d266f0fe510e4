import type { Meter } from "@farthing/metering";
import { merchantId } from "@farthing/money";

/** The merchant of the benches. */
export const merchant = merchantId("bench");

const base = { aggregation: "sum", value: "qty", revision: 1, createdAt: 0, updatedAt: 0 } as const;

/** A meter for each type of the workload's events. */
export const meters: readonly Meter[] = [
  { ...base, key: "api_calls", eventType: "api_calls", groupBy: [] },
  { ...base, key: "storage_gb", eventType: "storage_gb", groupBy: [] },
  { ...base, key: "tokens", eventType: "tokens", groupBy: ["region"] },
];
