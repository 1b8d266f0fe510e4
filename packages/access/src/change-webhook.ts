import { err, type MerchantId, ok, type Result } from "@farthing/money";
import { type CallerOnce, materials, type WebhookCall } from "./create-webhook.ts";
import { changed, disabled, enabled } from "./endpoint-health.ts";
import type { NotFound } from "./revoke-key.ts";
import {
  isWebhookId,
  overlapMs,
  viewOf,
  viewWithSecret,
  type WebhookEndpoint,
  type WebhookView,
  type WebhookWithSecret,
} from "./webhook-endpoint.ts";
import type { WebhookEventType } from "./webhook-event.ts";
import { type WebhookKeys, webhookKeys } from "./webhook-keys.ts";
import type { WebhookStores } from "./webhook-ports.ts";
import { type InvalidWebhookUrl, parseWebhookUrl } from "./webhook-url.ts";

/** Which webhook of whose. */
export interface WebhookPlace {
  readonly merchant: MerchantId;
  readonly id: string;
}

/** What a merchant says anew of a webhook; what is left out stays, and `events: null` is everything. */
export interface WebhookChange {
  readonly url?: string | undefined;
  readonly events?: readonly WebhookEventType[] | null | undefined;
  readonly description?: string | undefined;
  readonly enabled?: boolean | undefined;
}

/** Finds a webhook. Errors: `not_found`, also for text that is no id. */
export async function findWebhook(
  { endpoints }: Pick<WebhookStores, "endpoints">,
  { merchant, id }: WebhookPlace,
): Promise<Result<WebhookEndpoint, NotFound>> {
  const found = isWebhookId(id) ? await endpoints.endpoint(merchant, id) : undefined;
  return found === undefined ? err({ code: "not_found" }) : ok(found);
}

/** Changes a webhook. Errors: `not_found`, then `invalid_webhook_url`. */
export async function changeWebhook(
  stores: WebhookStores,
  place: WebhookPlace,
  change: WebhookChange,
): Promise<Result<WebhookView, NotFound | InvalidWebhookUrl>> {
  for (;;) {
    const found = await findWebhook(stores, place);
    if (!found.ok) return found;
    const url = change.url === undefined ? undefined : parseWebhookUrl(change.url, stores.targets);
    if (url?.ok === false) return url;
    const next = changeOf(found.value, { ...change, url: url?.value.url.href }, stores.clock.now());
    if ((await stores.endpoints.putEndpoint(next)) === "stored") return ok(viewOf(next));
  }
}

function changeOf(endpoint: WebhookEndpoint, { url, events, description, enabled: on }: WebhookChange, now: number) {
  const { events: before, failingSince, ...rest } = endpoint;
  const kept = events === undefined ? before : (events ?? undefined);
  // Another address has not failed yet.
  const failing = failingSince === undefined || (url !== undefined && url !== endpoint.url) ? {} : { failingSince };
  const said = {
    ...rest,
    ...failing,
    ...(url === undefined ? {} : { url }),
    ...(description === undefined ? {} : { description }),
    ...(kept === undefined ? {} : { events: kept }),
  };
  if (on === undefined || on === endpoint.enabled) return changed(said, now);
  return on ? enabled(said, now) : disabled(said, "by_hand", now);
}

/** Removes a webhook; what it was still to be told is given up. Errors: `not_found`. */
export async function deleteWebhook(
  stores: WebhookStores,
  place: WebhookPlace,
): Promise<Result<WebhookView, NotFound>> {
  const found = await findWebhook(stores, place);
  if (!found.ok) return found;
  await stores.endpoints.removeEndpoint(place.merchant, found.value.id);
  return ok(viewOf(found.value));
}

/**
 * Gives a webhook a new secret; the one before signs beside it for a day. With an idempotency key a repeat rotates once.
 *
 * Errors: `not_found`.
 */
export async function rotateWebhook(
  stores: WebhookStores,
  place: WebhookPlace,
  call: { readonly receivedAt: number; readonly once?: CallerOnce | undefined },
): Promise<Result<WebhookWithSecret, NotFound>> {
  const asked: WebhookCall = { ...call, merchant: place.merchant };
  const { random } = await materials(stores, asked, `rotate-webhook ${place.id}`);
  for (;;) {
    const found = await findWebhook(stores, place);
    if (!found.ok) return found;
    const keys = webhookKeys(found.value.scheme, random);
    if (found.value.secret === keys.secret) return ok(viewWithSecret(found.value));
    const next = rotated(found.value, keys, stores.clock.now());
    if ((await stores.endpoints.putEndpoint(next)) === "stored") return ok(viewWithSecret(next));
  }
}

function rotated(endpoint: WebhookEndpoint, keys: WebhookKeys, now: number): WebhookEndpoint {
  const { secret: oldSecret, publicKey: oldPublicKey } = endpoint;
  const old = { oldSecret, oldUntil: now + overlapMs, ...(oldPublicKey === undefined ? {} : { oldPublicKey }) };
  return changed({ ...endpoint, ...keys, ...old }, now);
}
