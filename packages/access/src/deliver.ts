import { type AttemptResult, afterResult } from "./endpoint-health.ts";
import { publishMessage } from "./publish-message.ts";
import {
  type Attempt,
  afterAttempt,
  claimed,
  type Delivery,
  type DeliveryRef,
  type GivenUp,
  givenUp,
  isDue,
  isSuccess,
  queueDelay,
} from "./webhook-delivery.ts";
import { signingSecrets, type WebhookEndpoint } from "./webhook-endpoint.ts";
import { signWebhook, webhookTimestamp } from "./webhook-keys.ts";
import type { WebhookMessage } from "./webhook-message.ts";
import type { DeliverStores, WebhookRequest } from "./webhook-ports.ts";

/** What came of a message that asked for an attempt. */
export type Delivered = "not_due" | "delivered" | "retrying" | GivenUp;

/**
 * Makes the attempt that is due, if one is. It is claimed before it is made, so that of two at once one makes it; a process
 * that dies with it leaves it to the schedule, and the receiver may see it twice, under one id.
 */
export async function deliver(stores: DeliverStores, ref: DeliveryRef): Promise<Delivered> {
  const { deliveries, endpoints, messages, clock } = stores;
  const found = await deliveries.delivery(ref);
  if (found === undefined || !isDue(found, clock.now())) return "not_due";
  const taken = claimed(found, clock.now());
  if ((await deliveries.putDelivery(taken)) === "stale") return "not_due";

  const endpoint = await endpoints.endpoint(ref.merchant, ref.endpoint);
  if (endpoint === undefined) return await giveUp(stores, taken, "deleted");
  if (!endpoint.enabled) return await giveUp(stores, taken, "disabled");
  const message = await messages.message(ref.merchant, ref.message);
  if (message === undefined) return await giveUp(stores, taken, "expired");
  return await attempt(stores, taken, { endpoint, message });
}

async function giveUp({ deliveries }: DeliverStores, taken: Delivery, reason: GivenUp): Promise<Delivered> {
  await deliveries.putDelivery(givenUp(taken, reason));
  return reason;
}

async function attempt(
  stores: DeliverStores,
  taken: Delivery,
  { endpoint, message }: { readonly endpoint: WebhookEndpoint; readonly message: WebhookMessage },
): Promise<Delivered> {
  const { sender, deliveries, queue, clock } = stores;
  const at = clock.now();
  const made: Attempt = { at, ...(await sender.send(requestOf(endpoint, message, at))) };
  // Before the delivery is: what is told of it twice changes nothing the second time.
  await noteHealth(stores, endpoint, resultOf(made));
  const next = afterAttempt(taken, made, clock.now());
  if ((await deliveries.putDelivery(next)) === "stale") return "not_due";
  const delay = queueDelay(next, clock.now());
  if (delay !== undefined) await queue.askToDeliver(next, delay);
  if (next.status === "delivered") return "delivered";
  return next.reason ?? "retrying";
}

/** The request for a message, signed as of now. Source: Standard Webhooks, "Webhook headers". */
export function requestOf(endpoint: WebhookEndpoint, { id, body }: WebhookMessage, at: number): WebhookRequest {
  const headers = {
    "content-type": "application/json",
    "user-agent": "Farthing-Webhooks/1",
    "webhook-id": id,
    "webhook-timestamp": webhookTimestamp(at),
    "webhook-signature": signWebhook({ id, at, body }, signingSecrets(endpoint, at)),
  };
  return { url: endpoint.url, headers, body };
}

function resultOf(made: Attempt): AttemptResult {
  if (made.statusCode === 410) return "gone";
  return isSuccess(made) ? "succeeded" : "failed";
}

/** Keeps the endpoint's health, and tells its merchant's other webhooks of one that is disabled by it. */
async function noteHealth(stores: DeliverStores, endpoint: WebhookEndpoint, result: AttemptResult): Promise<void> {
  const now = stores.clock.now();
  const after = afterResult(endpoint, result, now);
  if (after === endpoint) return;
  // Before it is disabled: a process that dies between the two comes here again.
  if (!after.enabled) await tellDisabled(stores, after, now);
  if ((await stores.endpoints.putEndpoint(after)) === "stored") return;
  const changed = await stores.endpoints.endpoint(endpoint.merchant, endpoint.id);
  if (changed !== undefined) await noteHealth(stores, changed, result);
}

async function tellDisabled(stores: DeliverStores, after: WebhookEndpoint, now: number): Promise<void> {
  const { merchant, id, url, disabledReason, failingSince } = after;
  const since = failingSince === undefined ? {} : { failingSince: new Date(failingSince).toISOString() };
  const data = { webhook: id, url, reason: disabledReason, disabledAt: new Date(now).toISOString(), ...since };
  // Its last change by hand or by health tells this time from the next that it is disabled.
  const key = `${id} ${after.revision}`;
  await publishMessage(stores, { merchant, type: "webhook.disabled", key, at: now, data }, { except: id });
}
