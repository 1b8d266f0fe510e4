import type { MerchantId } from "@farthing/money";
import { CustomAttributeType, Entity, type EntityConfiguration } from "electrodb";
import type { WebhookId } from "../webhook-endpoint.ts";
import type { WebhookEventType } from "../webhook-event.ts";
import type { WebhookMessageId } from "../webhook-message.ts";

/**
 * A message that webhooks are told. A partition each: a settlement makes many at once.
 *
 * | reads and writes            | index   | key           |
 * | --------------------------- | ------- | ------------- |
 * | create, or read what exists | primary | merchant + id |
 */
export const webhookMessageEntity = (config: EntityConfiguration) =>
  new Entity(
    {
      model: { service: "access", entity: "webhookMessage", version: "1" },
      attributes: {
        merchant: { type: CustomAttributeType<MerchantId>("string"), required: true },
        id: { type: CustomAttributeType<WebhookMessageId>("string"), required: true },
        type: { type: CustomAttributeType<WebhookEventType>("string"), required: true },
        createdAt: { type: "number", required: true },
        body: { type: "string", required: true },
        endpoints: { type: CustomAttributeType<readonly WebhookId[]>("any"), required: true },
        /** Units: seconds since 1970, by which the table forgets the item some time after it. */
        expiresAt: { type: "number", required: true },
      },
      indexes: {
        primary: {
          pk: { field: "pk", composite: ["merchant", "id"], template: "message#${merchant}#${id}", casing: "none" },
          sk: { field: "sk", composite: [], template: "message", casing: "none" },
        },
      },
    },
    config,
  );
