import type { EntityConfiguration } from "electrodb";
import type { WebhookMemory } from "../memory-webhooks.ts";
import { type Delivery, type DeliveryRef, wakeBucketOf } from "../webhook-delivery.ts";
import type { WebhookMessageId } from "../webhook-message.ts";
import type { WebhookDeliveries, WebhookEndpoints, WebhookMessages } from "../webhook-ports.ts";
import { webhookDeliveryEntity } from "./webhook-delivery.entity.ts";
import { webhookEndpointEntity } from "./webhook-endpoint.entity.ts";
import { webhookMessageEntity } from "./webhook-message.entity.ts";

const secondMs = 1000;
const conditionally = { returnOnConditionCheckFailure: true } as const;

/** The stores of webhooks over the Registry table, which forgets messages and deliveries by itself. */
export function dynamoWebhooks(config: EntityConfiguration): WebhookMemory {
  return { endpoints: endpointsIn(config), messages: messagesIn(config), deliveries: deliveriesIn(config) };
}

function endpointsIn(config: EntityConfiguration): WebhookEndpoints {
  const entity = webhookEndpointEntity(config);
  return {
    async createEndpoint(endpoint) {
      return (await entity.create(endpoint).go(conditionally)).rejected ? "exists" : "created";
    },
    async endpoint(merchant, id) {
      return (await entity.get({ merchant, id }).go({ consistent: true })).data ?? undefined;
    },
    async endpoints(merchant) {
      return (await entity.query.primary({ merchant }).go({ consistent: true, pages: "all" })).data;
    },
    async putEndpoint(endpoint) {
      const put = entity.put(endpoint).where((at, is) => is.eq(at.revision, endpoint.revision - 1));
      return (await put.go(conditionally)).rejected ? "stale" : "stored";
    },
    async removeEndpoint(merchant, id) {
      await entity.delete({ merchant, id }).go();
    },
  };
}

function messagesIn(config: EntityConfiguration): WebhookMessages {
  const entity = webhookMessageEntity(config);
  const message: WebhookMessages["message"] = async (merchant, id) => {
    const { data } = await entity.get({ merchant, id }).go({ consistent: true });
    return data === null ? undefined : { ...data, expiresAt: data.expiresAt * secondMs };
  };
  return {
    message,
    async createMessage(made) {
      const expiresAt = Math.ceil(made.expiresAt / secondMs);
      const created = await entity.create({ ...made, expiresAt }).go(conditionally);
      const rounded = { ...made, expiresAt: expiresAt * secondMs };
      return created.rejected ? ((await message(made.merchant, made.id)) ?? rounded) : rounded;
    },
  };
}

type Item = Omit<Delivery, "attempts"> & { readonly attempts: string; readonly bucket?: number };

function itemOf(delivery: Delivery): Item {
  const { attempts, expiresAt, ...rest } = delivery;
  const texts = { attempts: JSON.stringify(attempts), expiresAt: Math.ceil(expiresAt / secondMs) };
  return delivery.wakeAt === undefined ? { ...rest, ...texts } : { ...rest, ...texts, bucket: wakeBucketOf(delivery) };
}

function deliveryOf({ attempts, expiresAt, bucket: _bucket, ...rest }: Item): Delivery {
  return { ...rest, attempts: JSON.parse(attempts), expiresAt: expiresAt * secondMs };
}

function placeOf({ createdAt, message }: DeliveryRef): string {
  return `${String(createdAt).padStart(15, "0")}#${message}`;
}

/** A place comes back as it was given out: in a cursor that is sealed. */
function parsePlace(place: string) {
  const [createdAt = "", message = ""] = place.split("#");
  return { createdAt: Number(createdAt), message: message as WebhookMessageId };
}

function deliveriesIn(config: EntityConfiguration): WebhookDeliveries {
  const entity = webhookDeliveryEntity(config);
  return {
    async createDelivery(delivery) {
      return (await entity.create(itemOf(delivery)).go(conditionally)).rejected ? "exists" : "created";
    },
    async delivery({ merchant, endpoint, message, createdAt }) {
      const { data } = await entity.get({ merchant, endpoint, message, createdAt }).go({ consistent: true });
      return data === null ? undefined : deliveryOf(data);
    },
    async putDelivery(delivery) {
      const put = entity.put(itemOf(delivery)).where((at, is) => is.eq(at.revision, delivery.revision - 1));
      return (await put.go(conditionally)).rejected ? "stale" : "stored";
    },
    async deliveries({ merchant, endpoint }, { limit, after }) {
      const all = entity.query.primary({ merchant, endpoint });
      const rest = after === undefined ? all : all.lt(parsePlace(after));
      const { data } = await rest.go({ consistent: true, order: "desc", count: limit + 1 });
      const deliveries = data.slice(0, limit).map(deliveryOf);
      const last = deliveries.at(-1);
      return data.length > limit && last !== undefined ? { deliveries, next: placeOf(last) } : { deliveries };
    },
    async deliveriesBetween({ merchant, endpoint }, { from, to, limit }) {
      // A place without a message lies before all that have one, so that `to` is not within.
      const range = entity.query.primary({ merchant, endpoint }).between({ createdAt: from }, { createdAt: to });
      return (await range.go({ consistent: true, count: limit })).data.map(deliveryOf);
    },
    async toWake(bucket, by, limit) {
      const due = entity.query.byWake({ bucket }).lte({ wakeAt: by });
      return (await due.go({ count: limit })).data.map(deliveryOf);
    },
  };
}
