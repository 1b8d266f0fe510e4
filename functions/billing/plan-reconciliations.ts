import { planCollections } from "@farthing/billing";
import { schedule } from "../_kit/schedule.ts";
import { collectionQueue } from "../_kit/services/collection-queue.ts";
import { shardPlans } from "../_kit/services/metering.ts";

/** Every night: asks to compare each merchant's books with its payment rail. */
export const handler = schedule(() =>
  planCollections({ merchants: shardPlans(), queue: collectionQueue() }, "reconcile"),
);
