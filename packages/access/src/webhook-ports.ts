import type { Clock, MerchantId } from "@farthing/money";
import type { Access } from "./ports.ts";
import type { WebhookTargets } from "./public-address.ts";
import type { Attempt, Delivery, DeliveryRef } from "./webhook-delivery.ts";
import type { WebhookEndpoint, WebhookId } from "./webhook-endpoint.ts";
import type { WebhookMessage, WebhookMessageId } from "./webhook-message.ts";

/** Where webhooks are kept. Every read is strong. */
export interface WebhookEndpoints {
  createEndpoint(endpoint: WebhookEndpoint): Promise<"created" | "exists">;
  endpoint(merchant: MerchantId, id: WebhookId): Promise<WebhookEndpoint | undefined>;
  /** All of a merchant's webhooks, oldest first: they are few. */
  endpoints(merchant: MerchantId): Promise<readonly WebhookEndpoint[]>;
  /** Stores a change over the revision before it; "stale" where that is not there any more. */
  putEndpoint(endpoint: WebhookEndpoint): Promise<"stored" | "stale">;
  removeEndpoint(merchant: MerchantId, id: WebhookId): Promise<void>;
}

/** Where messages are kept. Every read is strong. */
export interface WebhookMessages {
  /** Stores a message unless there is one of its id; answers with the one that stays. */
  createMessage(message: WebhookMessage): Promise<WebhookMessage>;
  message(merchant: MerchantId, id: WebhookMessageId): Promise<WebhookMessage | undefined>;
}

/** Some deliveries of a list, and after which place it goes on. */
export interface DeliveryPage {
  readonly deliveries: readonly Delivery[];
  readonly next?: string;
}

/** Where deliveries are kept. Every read is strong, but for those of who is to be woken. */
export interface WebhookDeliveries {
  createDelivery(delivery: Delivery): Promise<"created" | "exists">;
  delivery(ref: DeliveryRef): Promise<Delivery | undefined>;
  /** Stores a change over the revision before it; "stale" where that is not there any more. */
  putDelivery(delivery: Delivery): Promise<"stored" | "stale">;
  /** The deliveries of a webhook, newest first. */
  deliveries(
    webhook: Pick<DeliveryRef, "merchant" | "endpoint">,
    page: { readonly limit: number; readonly after?: string | undefined },
  ): Promise<DeliveryPage>;
  /** The deliveries of a webhook whose messages were made at `from` or later and before `to`, oldest first. */
  deliveriesBetween(
    webhook: Pick<DeliveryRef, "merchant" | "endpoint">,
    range: { readonly from: number; readonly to: number; readonly limit: number },
  ): Promise<readonly Delivery[]>;
  /** The deliveries of all merchants in a bucket that are to be woken by a time, the most overdue first. */
  toWake(bucket: number, by: number, limit: number): Promise<readonly Delivery[]>;
}

/** The queue that wakes deliveries. */
export interface DeliveryQueue {
  /** Asks for an attempt. Units: seconds, 900 at most. */
  askToDeliver(ref: DeliveryRef, delaySeconds?: number): Promise<void>;
}

/** A request as it is sent. */
export interface WebhookRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What sends webhooks. Never fails: what went wrong is what it answers. */
export interface WebhookSender {
  send(request: WebhookRequest): Promise<Omit<Attempt, "at">>;
}

/** What publishing needs. */
export interface PublishStores {
  readonly endpoints: WebhookEndpoints;
  readonly messages: WebhookMessages;
  readonly deliveries: WebhookDeliveries;
  readonly queue: DeliveryQueue;
  readonly clock: Clock;
}

/** What making attempts needs. */
export interface DeliverStores extends PublishStores {
  readonly sender: WebhookSender;
}

/** What managing webhooks needs. */
export interface WebhookStores extends PublishStores, Pick<Access, "merchants" | "randomness"> {
  readonly targets: WebhookTargets;
}
