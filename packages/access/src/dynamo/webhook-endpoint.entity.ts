import type { MerchantId } from "@farthing/money";
import { CustomAttributeType, Entity, type EntityConfiguration } from "electrodb";
import type { WebhookId } from "../webhook-endpoint.ts";
import type { DisabledReason, WebhookEventType } from "../webhook-event.ts";
import type { WebhookScheme } from "../webhook-keys.ts";

/**
 * A webhook with the secrets that it is signed by, which the table's encryption covers.
 *
 * | reads and writes       | index   | key          |
 * | ---------------------- | ------- | ------------ |
 * | create once            | primary | merchant, id |
 * | read, change, remove   | primary | merchant, id |
 * | list, oldest first     | primary | merchant     |
 */
export const webhookEndpointEntity = (config: EntityConfiguration) =>
  new Entity(
    {
      model: { service: "access", entity: "webhookEndpoint", version: "1" },
      attributes: {
        merchant: { type: CustomAttributeType<MerchantId>("string"), required: true },
        id: { type: CustomAttributeType<WebhookId>("string"), required: true },
        url: { type: "string", required: true },
        events: { type: CustomAttributeType<readonly WebhookEventType[]>("any") },
        description: { type: "string" },
        scheme: { type: CustomAttributeType<WebhookScheme>("string"), required: true },
        secret: { type: "string", required: true },
        publicKey: { type: "string" },
        oldSecret: { type: "string" },
        oldPublicKey: { type: "string" },
        oldUntil: { type: "number" },
        enabled: { type: "boolean", required: true },
        disabledReason: { type: CustomAttributeType<DisabledReason>("string") },
        disabledAt: { type: "number" },
        failingSince: { type: "number" },
        revision: { type: "number", required: true },
        createdAt: { type: "number", required: true },
        updatedAt: { type: "number", required: true },
      },
      indexes: {
        primary: {
          pk: { field: "pk", composite: ["merchant"], template: "webhooks#${merchant}", casing: "none" },
          sk: { field: "sk", composite: ["id"], template: "${id}", casing: "none" },
        },
      },
    },
    config,
  );
