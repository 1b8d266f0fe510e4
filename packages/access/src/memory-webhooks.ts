import { type Delivery, type DeliveryRef, wakeBucketOf } from "./webhook-delivery.ts";
import type { WebhookEndpoint } from "./webhook-endpoint.ts";
import type { WebhookMessage } from "./webhook-message.ts";
import type { DeliveryQueue, WebhookDeliveries, WebhookEndpoints, WebhookMessages } from "./webhook-ports.ts";

/** The stores of webhooks. */
export interface WebhookMemory {
  readonly endpoints: WebhookEndpoints;
  readonly messages: WebhookMessages;
  readonly deliveries: WebhookDeliveries;
}

/** Keeps webhooks in memory: for tests. */
export function memoryWebhooks(): WebhookMemory {
  return { endpoints: memoryEndpoints(), messages: memoryMessages(), deliveries: memoryDeliveries() };
}

const nameOf = ({ merchant, id }: { readonly merchant: string; readonly id: string }) => `${merchant}#${id}`;

function memoryEndpoints(): WebhookEndpoints {
  const all = new Map<string, WebhookEndpoint>();
  return {
    async createEndpoint(endpoint) {
      if (all.has(nameOf(endpoint))) return "exists";
      all.set(nameOf(endpoint), endpoint);
      return "created";
    },
    async endpoint(merchant, id) {
      return all.get(nameOf({ merchant, id }));
    },
    async endpoints(merchant) {
      const own = [...all.values()].filter((endpoint) => endpoint.merchant === merchant);
      return own.sort((a, b) => (a.id < b.id ? -1 : 1));
    },
    async putEndpoint(endpoint) {
      if (all.get(nameOf(endpoint))?.revision !== endpoint.revision - 1) return "stale";
      all.set(nameOf(endpoint), endpoint);
      return "stored";
    },
    async removeEndpoint(merchant, id) {
      all.delete(nameOf({ merchant, id }));
    },
  };
}

function memoryMessages(): WebhookMessages {
  const all = new Map<string, WebhookMessage>();
  return {
    async createMessage(message) {
      const stays = all.get(nameOf(message)) ?? message;
      all.set(nameOf(message), stays);
      return stays;
    },
    async message(merchant, id) {
      return all.get(nameOf({ merchant, id }));
    },
  };
}

const placeOf = ({ createdAt, message }: DeliveryRef) => `${String(createdAt).padStart(15, "0")}#${message}`;
const keyOf = (ref: DeliveryRef) => `${ref.merchant}#${ref.endpoint}#${placeOf(ref)}`;

function memoryDeliveries(): WebhookDeliveries {
  const all = new Map<string, Delivery>();
  const oldestFirst = ({ merchant, endpoint }: Pick<DeliveryRef, "merchant" | "endpoint">) =>
    [...all.values()]
      .filter((one) => one.merchant === merchant && one.endpoint === endpoint)
      .sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
  return {
    async createDelivery(delivery) {
      if (all.has(keyOf(delivery))) return "exists";
      all.set(keyOf(delivery), delivery);
      return "created";
    },
    async delivery(ref) {
      return all.get(keyOf(ref));
    },
    async putDelivery(delivery) {
      if (all.get(keyOf(delivery))?.revision !== delivery.revision - 1) return "stale";
      all.set(keyOf(delivery), delivery);
      return "stored";
    },
    async deliveries(webhook, { limit, after }) {
      const rest = oldestFirst(webhook)
        .reverse()
        .filter((one) => after === undefined || placeOf(one) < after);
      const deliveries = rest.slice(0, limit);
      const last = deliveries.at(-1);
      return rest.length > limit && last !== undefined ? { deliveries, next: placeOf(last) } : { deliveries };
    },
    async deliveriesBetween(webhook, { from, to, limit }) {
      const within = ({ createdAt }: Delivery) => createdAt >= from && createdAt < to;
      return oldestFirst(webhook).filter(within).slice(0, limit);
    },
    async toWake(bucket, by, limit) {
      return [...all.values()]
        .filter((one) => wakeBucketOf(one) === bucket && one.wakeAt !== undefined && one.wakeAt <= by)
        .sort((a, b) => (a.wakeAt ?? 0) - (b.wakeAt ?? 0))
        .slice(0, limit);
    },
  };
}

/** A queue of deliveries in memory, whose messages a test hands out. */
export function memoryDeliveryQueue(): DeliveryQueue & {
  readonly asked: { readonly ref: DeliveryRef; readonly delaySeconds: number }[];
} {
  const asked: { readonly ref: DeliveryRef; readonly delaySeconds: number }[] = [];
  return {
    asked,
    async askToDeliver({ merchant, endpoint, message, createdAt }, delaySeconds = 0) {
      asked.push({ ref: { merchant, endpoint, message, createdAt }, delaySeconds });
    },
  };
}
