import type { MerchantId } from "@farthing/money";
import { CustomAttributeType, Entity, type EntityConfiguration } from "electrodb";
import type { Delivery } from "../webhook-delivery.ts";
import type { WebhookId } from "../webhook-endpoint.ts";
import type { WebhookEventType } from "../webhook-event.ts";
import type { WebhookMessageId } from "../webhook-message.ts";

/**
 * What became of a message at one webhook. Only one that waits is in the index, whose keys name nothing else of it.
 *
 * | reads and writes                | index   | key                                                 |
 * | ------------------------------- | ------- | --------------------------------------------------- |
 * | create once, read, change       | primary | merchant + endpoint, createdAt + message            |
 * | list, newest first              | primary | merchant + endpoint, createdAt + message before     |
 * | those of a range, oldest first  | primary | merchant + endpoint, createdAt between              |
 * | who is to be woken by now       | gsi1    | bucket, wakeAt to                                   |
 */
export const webhookDeliveryEntity = (config: EntityConfiguration) =>
  new Entity(
    {
      model: { service: "access", entity: "webhookDelivery", version: "1" },
      attributes: {
        merchant: { type: CustomAttributeType<MerchantId>("string"), required: true },
        endpoint: { type: CustomAttributeType<WebhookId>("string"), required: true },
        message: { type: CustomAttributeType<WebhookMessageId>("string"), required: true },
        createdAt: { type: "number", required: true, padding: { length: 15, char: "0" } },
        type: { type: CustomAttributeType<WebhookEventType>("string"), required: true },
        status: { type: CustomAttributeType<Delivery["status"]>("string"), required: true },
        reason: { type: CustomAttributeType<NonNullable<Delivery["reason"]>>("string") },
        round: { type: "number", required: true },
        attemptCount: { type: "number", required: true },
        // JSON.
        attempts: { type: "string", required: true },
        nextAt: { type: "number" },
        bucket: { type: "number", padding: { length: 2, char: "0" } },
        wakeAt: { type: "number", padding: { length: 15, char: "0" } },
        revision: { type: "number", required: true },
        /** Units: seconds since 1970, by which the table forgets the item some time after it. */
        expiresAt: { type: "number", required: true },
      },
      indexes: {
        primary: {
          pk: {
            field: "pk",
            composite: ["merchant", "endpoint"],
            template: "deliveries#${merchant}#${endpoint}",
            casing: "none",
          },
          sk: {
            field: "sk",
            composite: ["createdAt", "message"],
            template: "${createdAt}#${message}",
            casing: "none",
          },
        },
        byWake: {
          index: "gsi1",
          pk: { field: "gsi1pk", composite: ["bucket"], template: "wake#${bucket}", casing: "none" },
          sk: { field: "gsi1sk", composite: ["wakeAt"], template: "${wakeAt}", casing: "none", cast: "string" },
        },
      },
    },
    config,
  );
