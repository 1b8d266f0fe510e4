import type { Brand, MerchantId } from "@farthing/money";
import { base62 } from "./base62.ts";
import type { DisabledReason, WebhookEventType } from "./webhook-event.ts";
import type { WebhookScheme } from "./webhook-keys.ts";

/** Names a webhook of a merchant. */
export type WebhookId = Brand<string, "WebhookId">;

/** How many webhooks a merchant has at most: each costs a write and a request a message. */
export const mostWebhooks = 16;

/** How long the secret before a rotation signs beside the new one. */
export const overlapMs = 24 * 3_600_000;

/** An address that is told what happens. Units: times in milliseconds since 1970. */
export interface WebhookEndpoint {
  readonly merchant: MerchantId;
  readonly id: WebhookId;
  readonly url: string;
  /** What it is told of; everything, where nothing is said. */
  readonly events?: readonly WebhookEventType[];
  readonly description?: string;
  readonly scheme: WebhookScheme;
  /** `whsec_…` or `whsk_…`; never shown after it was made. */
  readonly secret: string;
  readonly publicKey?: string;
  /** The secret before this one, while it signs as well. */
  readonly oldSecret?: string;
  readonly oldPublicKey?: string;
  readonly oldUntil?: number;
  readonly enabled: boolean;
  readonly disabledReason?: DisabledReason;
  readonly disabledAt?: number;
  /** When the first of the failures was since which nothing succeeded. */
  readonly failingSince?: number;
  /** Counts its changes: each is stored only over the one that it was made from. */
  readonly revision: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** A webhook as its merchant may see it: without its secrets. */
export type WebhookView = Omit<WebhookEndpoint, "merchant" | "secret" | "oldSecret" | "revision">;

/** A webhook just made or rotated, with the shared secret that is shown this once; of a key pair, nothing secret is. */
export type WebhookWithSecret = WebhookView & { readonly secret?: string };

/** How many random bytes an id is made of. */
export const webhookIdBytes = 12;

const idShape = /^we_[0-9A-Za-z]{20}$/;

/** Makes an id that sorts by its time. Units: `createdAt` in milliseconds since 1970. */
export function webhookId(createdAt: number, random: Uint8Array): WebhookId {
  const time = new Uint8Array(8);
  new DataView(time.buffer).setBigUint64(0, BigInt(createdAt));
  return `we_${base62(time, 8)}${base62(random, 12)}` as WebhookId;
}

/** Whether a text has the shape of a webhook's id. */
export function isWebhookId(text: string): text is WebhookId {
  return idShape.test(text);
}

/** Whether a webhook is told of a type. */
export function takes({ enabled, events }: WebhookEndpoint, type: WebhookEventType): boolean {
  return enabled && (events === undefined || events.includes(type));
}

/** The secrets that sign now, the newest first. */
export function signingSecrets({ secret, oldSecret, oldUntil = 0 }: WebhookEndpoint, now: number): readonly string[] {
  return oldSecret !== undefined && now < oldUntil ? [secret, oldSecret] : [secret];
}

/** What its merchant is shown of a webhook. */
export function viewOf(endpoint: WebhookEndpoint): WebhookView {
  const { merchant: _merchant, secret: _secret, oldSecret: _oldSecret, revision: _revision, ...view } = endpoint;
  return view;
}

/** The same with what is shown once. */
export function viewWithSecret(endpoint: WebhookEndpoint): WebhookWithSecret {
  return endpoint.scheme === "v1" ? { ...viewOf(endpoint), secret: endpoint.secret } : viewOf(endpoint);
}
