import { randomBytes } from "node:crypto";
import type { DeliverStores, PublishStores, WebhookStores, WebhookTargets } from "@farthing/access";
import { dynamoWebhooks } from "@farthing/access/dynamo";
import { dnsResolver, httpSender } from "@farthing/access/http";
import { sqsDeliveryQueue } from "@farthing/access/sqs";
import { accessStores } from "./access.ts";
import { queues, table } from "./clients.ts";
import { clock } from "./clock.ts";
import { env } from "./env.ts";
import { lazy } from "./lazy.ts";

export { DeliveryMessage } from "@farthing/access/sqs";

const targets = lazy((): WebhookTargets => ({ loopback: env("FARTHING_WEBHOOKS_TO_LOOPBACK") === "true" }));

/** What reading webhooks and their deliveries needs. */
export const webhookLog = lazy(() => dynamoWebhooks(table("REGISTRY")));

/** What publishing messages needs. */
export const publishing = lazy(
  (): PublishStores => ({
    ...webhookLog(),
    queue: sqsDeliveryQueue({ client: queues(), queueUrl: env("FARTHING_DELIVERIES_QUEUE") }),
    clock,
  }),
);

/** What managing webhooks needs. */
export const webhooks = lazy(
  (): WebhookStores => ({
    ...publishing(),
    merchants: accessStores().merchants,
    randomness: { bytes: (count) => randomBytes(count) },
    targets: targets(),
  }),
);

/** What attempts need. */
export const delivering = lazy(
  (): DeliverStores => ({ ...publishing(), sender: httpSender({ resolver: dnsResolver, targets: targets() }) }),
);
