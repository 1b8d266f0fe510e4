import { createHmac } from "node:crypto";
import { err, type MerchantId, ok, type Result } from "@farthing/money";
import { type Merchant, merchantKey } from "./merchant.ts";
import type { IdempotencyConflict } from "./receipt.ts";
import {
  mostWebhooks,
  viewWithSecret,
  type WebhookEndpoint,
  type WebhookId,
  type WebhookWithSecret,
  webhookId,
  webhookIdBytes,
} from "./webhook-endpoint.ts";
import type { WebhookEventType } from "./webhook-event.ts";
import { type WebhookScheme, webhookKeys, webhookSecretBytes } from "./webhook-keys.ts";
import type { WebhookStores } from "./webhook-ports.ts";
import { type InvalidWebhookUrl, parseWebhookUrl } from "./webhook-url.ts";

/** The caller's idempotency key, and a secret that only the API key it came with yields. */
export interface CallerOnce {
  readonly key: string;
  readonly callerSecret: Uint8Array;
}

/** What a merchant says of a webhook that it wants. */
export interface NewWebhook {
  readonly url: string;
  readonly events?: readonly WebhookEventType[] | undefined;
  readonly description?: string | undefined;
  readonly scheme?: WebhookScheme | undefined;
}

/** A call that makes something of a webhook's. Units: `receivedAt` in milliseconds since 1970. */
export interface WebhookCall {
  readonly merchant: MerchantId;
  readonly receivedAt: number;
  readonly once?: CallerOnce | undefined;
}

/** The merchant has as many webhooks as it may. */
export interface TooManyWebhooks {
  readonly code: "too_many_webhooks";
}

/**
 * Makes a webhook. With an idempotency key a repeat answers the same webhook and secret.
 *
 * Errors: `invalid_webhook_url`; `idempotency_conflict` when another API key used this idempotency key, or the secret was
 * rotated since; `too_many_webhooks`.
 */
export async function createWebhook(
  stores: WebhookStores,
  call: WebhookCall & { readonly body: NewWebhook },
): Promise<Result<WebhookWithSecret, InvalidWebhookUrl | IdempotencyConflict | TooManyWebhooks>> {
  const url = parseWebhookUrl(call.body.url, stores.targets);
  if (!url.ok) return url;
  const drafted = draft(await materials(stores, call, "create-webhook"), { ...call, url: url.value.url.href });
  const stored = await stores.endpoints.endpoint(call.merchant, drafted.id);
  if (stored !== undefined) return same(stored, drafted);
  if ((await stores.endpoints.endpoints(call.merchant)).length >= mostWebhooks)
    return err({ code: "too_many_webhooks" });
  if ((await stores.endpoints.createEndpoint(drafted)) === "created") return ok(viewWithSecret(drafted));
  const winner = await stores.endpoints.endpoint(call.merchant, drafted.id);
  return winner === undefined ? err({ code: "idempotency_conflict" }) : same(winner, drafted);
}

function same(stored: WebhookEndpoint, drafted: WebhookEndpoint): Result<WebhookWithSecret, IdempotencyConflict> {
  return stored.secret === drafted.secret ? ok(viewWithSecret(stored)) : err({ code: "idempotency_conflict" });
}

function draft(
  { id, random }: Materials,
  { merchant, receivedAt, body, url }: WebhookCall & { readonly body: NewWebhook; readonly url: string },
): WebhookEndpoint {
  const { events, description, scheme = "v1" } = body;
  const common = {
    merchant,
    id,
    url,
    scheme,
    enabled: true,
    revision: 0,
    createdAt: receivedAt,
    updatedAt: receivedAt,
  };
  const said = { ...(events === undefined ? {} : { events }), ...(description === undefined ? {} : { description }) };
  return { ...common, ...said, ...webhookKeys(scheme, random) };
}

/** What a webhook's id and secret are made of. */
export interface Materials {
  readonly id: WebhookId;
  readonly random: Uint8Array;
}

/**
 * Takes them from chance, or, for a request that may be repeated, from three secrets: neither the table nor the caller's API
 * key nor the idempotency key alone tells what secret was made.
 */
export async function materials(
  { merchants, randomness }: Pick<WebhookStores, "merchants" | "randomness">,
  { merchant: owner, receivedAt, once }: WebhookCall,
  purpose: string,
): Promise<Materials> {
  if (once === undefined) {
    const id = webhookId(receivedAt, randomness.bytes(webhookIdBytes));
    return { id, random: randomness.bytes(webhookSecretBytes) };
  }
  const named = createHmac("sha256", merchantKey(await merchantOf(merchants, owner), purpose))
    .update(once.key)
    .digest();
  const random = createHmac("sha256", named).update(once.callerSecret).digest();
  return { id: webhookId(receivedAt, named.subarray(0, webhookIdBytes)), random };
}

async function merchantOf(merchants: WebhookStores["merchants"], id: MerchantId): Promise<Merchant> {
  const merchant = await merchants.find(id);
  if (merchant === undefined) throw new Error("a webhook's merchant does not exist");
  return merchant;
}
