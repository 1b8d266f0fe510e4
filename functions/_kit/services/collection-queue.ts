import { dynamoCollectionRuns } from "@farthing/billing/dynamo";
import { sqsCollectionQueue } from "@farthing/billing/sqs";
import { queues, table } from "./clients.ts";
import { env } from "./env.ts";
import { lazy } from "./lazy.ts";

/** The queue of collection work. */
export const collectionQueue = lazy(() =>
  sqsCollectionQueue({ client: queues(), queueUrl: env("FARTHING_COLLECTIONS_QUEUE") }),
);

/** The settlements that are still to be opened for collection. */
export const collectionRuns = lazy(() => dynamoCollectionRuns(table("REGISTRY")));
