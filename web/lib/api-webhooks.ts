import type { Webhook, WebhookDelivery, WebhookMessage } from "@farthing/sdk";
import { cache } from "react";
import type { Listed, PageChoice } from "./api.ts";
import { type Answer, given, read } from "./api-call.ts";

/** The states by which deliveries are chosen. */
export const deliveryStates = ["pending", "delivered", "failed"] as const;

/** All webhooks, as far as one page holds them. */
export function listWebhooks(page: PageChoice): Listed<Webhook> {
  return read((api) => api.webhooks.list(given(page)));
}

/** One webhook. */
export const getWebhook = cache((id: string): Promise<Answer<Webhook>> => read((api) => api.webhooks.get(id)));

/** A page of what became of a webhook's messages; a status that there is not filters nothing. */
export function listDeliveries(
  webhook: string,
  { status, ...page }: PageChoice & { readonly status?: string | undefined },
): Listed<WebhookDelivery> {
  const state = deliveryStates.find((each) => each === status);
  return read((api) => api.webhooks.deliveries(webhook, given({ ...page, status: state })));
}

/** A message as it is sent. */
export function getMessage(id: string): Promise<Answer<WebhookMessage>> {
  return read((api) => api.webhooks.message(id));
}

/** Sends a message to a webhook again; the same key does it once. */
export function replayDelivery(webhook: string, message: string, key: string): Promise<Answer<WebhookDelivery>> {
  return read((api) => api.webhooks.replay(webhook, message, { idempotencyKey: key }));
}
