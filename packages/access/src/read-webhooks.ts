import { err, type MerchantId, ok, type Result } from "@farthing/money";
import { findWebhook, type WebhookPlace } from "./change-webhook.ts";
import type { WebhookCall } from "./create-webhook.ts";
import { publishMessage } from "./publish-message.ts";
import { findEnabled, type WebhookDisabled } from "./replay-deliveries.ts";
import type { NotFound } from "./revoke-key.ts";
import type { Delivery } from "./webhook-delivery.ts";
import { viewOf, type WebhookView } from "./webhook-endpoint.ts";
import { isWebhookMessageId, type WebhookMessage } from "./webhook-message.ts";
import type { PublishStores, WebhookStores } from "./webhook-ports.ts";

/** Shows a webhook. Errors: `not_found`. */
export async function getWebhook(
  stores: Pick<PublishStores, "endpoints">,
  place: WebhookPlace,
): Promise<Result<WebhookView, NotFound>> {
  const found = await findWebhook(stores, place);
  return found.ok ? ok(viewOf(found.value)) : found;
}

/** Lists a merchant's webhooks, oldest first. */
export async function listWebhooks(
  { endpoints }: Pick<PublishStores, "endpoints">,
  merchant: MerchantId,
  { limit, after }: { readonly limit: number; readonly after?: string | undefined },
): Promise<Result<{ readonly items: readonly WebhookView[]; readonly next?: string }, never>> {
  const rest = (await endpoints.endpoints(merchant)).filter(({ id }) => after === undefined || id > after);
  const items = rest.slice(0, limit).map(viewOf);
  const last = items.at(-1);
  return ok(rest.length > limit && last !== undefined ? { items, next: last.id } : { items });
}

/** At most so many pages are read for one, where few of them have the status that is asked for. */
const pagesForOne = 10;

/** Lists the deliveries of a webhook, newest first, of one status or of all. Errors: `not_found`. */
export async function listDeliveries(
  stores: Pick<PublishStores, "endpoints" | "deliveries">,
  place: WebhookPlace,
  page: {
    readonly limit: number;
    readonly after?: string | undefined;
    readonly status?: Delivery["status"] | undefined;
  },
): Promise<Result<{ readonly items: readonly Delivery[]; readonly next?: string | undefined }, NotFound>> {
  const endpoint = await findWebhook(stores, place);
  if (!endpoint.ok) return endpoint;
  const webhook = { merchant: place.merchant, endpoint: endpoint.value.id };
  const items: Delivery[] = [];
  let after = page.after;
  for (let read = 0; read < pagesForOne && items.length < page.limit; read++) {
    const limit = page.limit - items.length;
    const { deliveries, next } = await stores.deliveries.deliveries(webhook, { limit, after });
    items.push(...deliveries.filter(({ status }) => page.status === undefined || status === page.status));
    after = next;
    if (next === undefined) break;
  }
  return ok({ items, next: after });
}

/** A message, and what became of it at each webhook that it went to. */
export interface MessageWithDeliveries extends WebhookMessage {
  readonly deliveries: readonly Delivery[];
}

/** Shows a message. Errors: `not_found`. */
export async function getWebhookMessage(
  { messages, deliveries }: Pick<PublishStores, "messages" | "deliveries">,
  { merchant, id }: WebhookPlace,
): Promise<Result<MessageWithDeliveries, NotFound>> {
  const message = isWebhookMessageId(id) ? await messages.message(merchant, id) : undefined;
  if (message === undefined) return err({ code: "not_found" });
  const { createdAt, endpoints } = message;
  const found = await Promise.all(
    endpoints.map((endpoint) => deliveries.delivery({ merchant, endpoint, message: message.id, createdAt })),
  );
  return ok({ ...message, deliveries: found.filter((one) => one !== undefined) });
}

/**
 * Sends a webhook a message of type `webhook.test`, whatever types it takes. With an idempotency key a repeat sends none.
 *
 * Errors: `not_found`, then `webhook_disabled`.
 */
export async function testWebhook(
  stores: WebhookStores,
  place: WebhookPlace,
  { receivedAt, once }: Omit<WebhookCall, "merchant">,
): Promise<Result<WebhookMessage, NotFound | WebhookDisabled>> {
  const found = await findEnabled(stores, place);
  if (!found.ok) return found;
  const { merchant, id } = found.value;
  const key = `${id} ${once?.key ?? Buffer.from(stores.randomness.bytes(12)).toString("hex")}`;
  const cause = { merchant, type: "webhook.test", key, at: receivedAt, data: { webhook: id } } as const;
  const message = await publishMessage(stores, cause, { only: id });
  return message === undefined ? err({ code: "webhook_disabled" }) : ok(message);
}
