import { createHash } from "node:crypto";
import type { Brand, MerchantId } from "@farthing/money";
import { base62 } from "./base62.ts";
import type { WebhookId } from "./webhook-endpoint.ts";
import type { WebhookEventType } from "./webhook-event.ts";

/** Names a message; what receivers know repeats by. */
export type WebhookMessageId = Brand<string, "WebhookMessageId">;

/** How long messages and their deliveries are kept. */
export const keptDays = 30;

/** Something that a merchant is told. Units: times in milliseconds since 1970. */
export interface WebhookMessage {
  readonly merchant: MerchantId;
  readonly id: WebhookMessageId;
  readonly type: WebhookEventType;
  readonly createdAt: number;
  /** The body that is sent, to the byte. */
  readonly body: string;
  /** The webhooks that it goes to: those that there were when it was made. */
  readonly endpoints: readonly WebhookId[];
  readonly expiresAt: number;
}

/** What happened: each cause makes one message. Units: `at` in milliseconds since 1970. */
export interface Cause {
  readonly merchant: MerchantId;
  readonly type: WebhookEventType;
  /** What tells this cause from all others of its type. */
  readonly key: string;
  readonly at: number;
  readonly data: unknown;
}

/** The id of a cause's message: made of it alone, so that whoever publishes it again makes no second. */
export function messageId({ merchant, type, key }: Pick<Cause, "merchant" | "type" | "key">): WebhookMessageId {
  const digest = createHash("sha256").update(`${merchant}\0${type}\0${key}`).digest();
  return `msg_${base62(digest.subarray(0, 16), 22)}` as WebhookMessageId;
}

/** Whether a text has the shape of a message's id. */
export function isWebhookMessageId(text: string): text is WebhookMessageId {
  return /^msg_[0-9A-Za-z]{22}$/.test(text);
}

/** The message of a cause. Source: Standard Webhooks, "Payload structure". */
export function webhookMessage(cause: Cause, endpoints: readonly WebhookId[], now: number): WebhookMessage {
  const { merchant, type, at, data } = cause;
  const body = JSON.stringify({ type, timestamp: new Date(at).toISOString(), data });
  const expiresAt = now + keptDays * 86_400_000;
  return { merchant, id: messageId(cause), type, createdAt: now, body, endpoints, expiresAt };
}
