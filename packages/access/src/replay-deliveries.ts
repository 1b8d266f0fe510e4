import { err, ok, type Result } from "@farthing/money";
import { findWebhook, type WebhookPlace } from "./change-webhook.ts";
import type { NotFound } from "./revoke-key.ts";
import { type Delivery, type DeliveryRef, replayed } from "./webhook-delivery.ts";
import type { WebhookEndpoint } from "./webhook-endpoint.ts";
import { isWebhookMessageId } from "./webhook-message.ts";
import type { WebhookStores } from "./webhook-ports.ts";

const mostAtOnce = 1000;
const longestRangeMs = 31 * 86_400_000;
const atOnce = 16;

/** The webhook is told nothing: enable it first. */
export interface WebhookDisabled {
  readonly code: "webhook_disabled";
}

/** A range of time that is none, or too long. */
export interface InvalidReplayRange {
  readonly code: "invalid_range";
  readonly detail: string;
}

/** Finds a webhook that is told something. Errors: `not_found`, then `webhook_disabled`. */
export async function findEnabled(
  stores: WebhookStores,
  place: WebhookPlace,
): Promise<Result<WebhookEndpoint, NotFound | WebhookDisabled>> {
  const found = await findWebhook(stores, place);
  if (!found.ok) return found;
  return found.value.enabled ? found : err({ code: "webhook_disabled" });
}

/** Sends a message to a webhook again, under the same id. Errors: `not_found`, then `webhook_disabled`. */
export async function replayDelivery(
  stores: WebhookStores,
  place: WebhookPlace,
  message: string,
): Promise<Result<Delivery, NotFound | WebhookDisabled>> {
  const endpoint = await findEnabled(stores, place);
  if (!endpoint.ok) return endpoint;
  const found = isWebhookMessageId(message) ? await stores.messages.message(place.merchant, message) : undefined;
  if (found === undefined) return err({ code: "not_found" });
  const { merchant, id, createdAt } = found;
  const again = await replay(stores, { merchant, endpoint: endpoint.value.id, message: id, createdAt });
  return again === undefined ? err({ code: "not_found" }) : ok(again);
}

/** Which deliveries are sent again. Units: milliseconds since 1970, `to` is not within. */
export interface ReplayRange {
  readonly from: number;
  readonly to: number;
  readonly status?: "delivered" | "failed" | undefined;
}

/** How many deliveries are sent again, and from when on the rest of the range is to be asked for. */
export interface Replayed {
  readonly replayed: number;
  readonly next?: number;
}

/**
 * Sends the messages of a range again, oldest first, at most a thousand: those that wait for an attempt are left alone.
 *
 * Errors: `invalid_range`, `not_found`, `webhook_disabled`.
 */
export async function replayDeliveries(
  stores: WebhookStores,
  place: WebhookPlace,
  range: ReplayRange,
): Promise<Result<Replayed, NotFound | WebhookDisabled | InvalidReplayRange>> {
  const { from, to, status } = range;
  if (from >= to) return err({ code: "invalid_range", detail: "`from` lies before `to`." });
  if (to - from > longestRangeMs) return err({ code: "invalid_range", detail: "A range has at most 31 days." });
  const endpoint = await findEnabled(stores, place);
  if (!endpoint.ok) return endpoint;
  const webhook = { merchant: place.merchant, endpoint: endpoint.value.id };
  const found = await stores.deliveries.deliveriesBetween(webhook, { from, to, limit: mostAtOnce + 1 });
  const next = found[mostAtOnce]?.createdAt;
  const taken = next === undefined ? found : found.filter(({ createdAt }) => createdAt < next);
  const again = taken.filter((one) => (status === undefined ? one.status !== "pending" : one.status === status));
  for (let at = 0; at < again.length; at += atOnce) {
    await Promise.all(again.slice(at, at + atOnce).map((one) => replay(stores, one)));
  }
  return ok({ replayed: again.length, ...(next === undefined ? {} : { next }) });
}

async function replay(stores: WebhookStores, ref: DeliveryRef): Promise<Delivery | undefined> {
  for (;;) {
    const found = await stores.deliveries.delivery(ref);
    if (found === undefined) return undefined;
    const again = replayed(found, stores.clock.now());
    if ((await stores.deliveries.putDelivery(again)) === "stale") continue;
    await stores.queue.askToDeliver(again);
    return again;
  }
}
