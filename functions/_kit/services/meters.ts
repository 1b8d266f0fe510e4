import { billedThrough } from "@farthing/billing";
import { dynamoSettlements } from "@farthing/billing/dynamo";
import type { MeterStores } from "@farthing/metering";
import { table } from "./clients.ts";
import { clock } from "./clock.ts";
import { lazy } from "./lazy.ts";
import { meterSets } from "./metering.ts";

/** What creating and changing meters needs. */
export const meterStores = lazy((): MeterStores => {
  const settlements = dynamoSettlements(table("REGISTRY"));
  return { meters: meterSets(), clock, billedThrough: (merchant) => billedThrough(settlements, merchant) };
});
