import { planCollections } from "@farthing/billing";
import { schedule } from "../_kit/schedule.ts";
import { collectionQueue } from "../_kit/services/collection-queue.ts";
import { shardPlans } from "../_kit/services/metering.ts";

/** Every ten minutes: asks for collections that are due, and for what was lost. */
export const handler = schedule(() => planCollections({ merchants: shardPlans(), queue: collectionQueue() }, "push"));
