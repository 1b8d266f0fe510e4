import type { MeterCatalogue, Pricing, TextStores } from "@farthing/pricing";
import { dynamoPlans, dynamoTexts } from "@farthing/pricing/dynamo";
import { table } from "./clients.ts";
import { clock } from "./clock.ts";
import { lazy } from "./lazy.ts";
import { meterSets } from "./metering.ts";

/** The merchants' plans. */
export const plans = lazy(() => dynamoPlans(table("REGISTRY")));

/** The meters that prices may be on. */
export const catalogue: MeterCatalogue = {
  meterGroups: async (merchant) => {
    const { meters } = await meterSets().currentMeters(merchant);
    return new Map(meters.map(({ key, groupBy }) => [key, groupBy]));
  },
};

/** What the use cases of plans need. */
export const pricing = lazy((): Pricing => ({ plans: plans(), meters: catalogue, clock }));

/** What the use cases of coupons and tax rates need. */
export const textStores = lazy((): TextStores => ({ texts: dynamoTexts(table("REGISTRY")), clock }));
