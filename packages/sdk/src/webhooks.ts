import type { Connection } from "./connection.ts";
import { eachOf, getPage, type Page, type PageQuery } from "./page.ts";
import { deleteJson, getJson, type PostOptions, postJson, putJson } from "./request-json.ts";
import type { WebhookDelivery, WebhookDeliveryStatus, WebhookMessage, WebhookReplay } from "./webhook-deliveries.ts";

/** A webhook to make: an address that is told what happens. */
export interface NewWebhook {
  readonly url: string;
  /** The types that it is told of; all, where nothing is said. */
  readonly events?: readonly string[];
  readonly description?: string;
  readonly scheme?: "v1" | "v1a";
}

/** What changes of a webhook; what is left out stays. `events: null` takes all types. */
export interface WebhookChange {
  readonly url?: string;
  readonly events?: readonly string[] | null;
  readonly description?: string;
  /** `true` also forgets that it failed. */
  readonly enabled?: boolean;
}

/** A webhook, without its secret. */
export interface Webhook extends NewWebhook {
  readonly id: string;
  readonly scheme: "v1" | "v1a";
  /** Checks signatures of scheme v1a; the old one after a rotation, until `oldUntil`. */
  readonly publicKey?: string;
  readonly oldPublicKey?: string;
  readonly oldUntil?: string;
  readonly enabled: boolean;
  readonly disabledReason?: string;
  readonly disabledAt?: string;
  /** Since when every attempt has failed. */
  readonly failingSince?: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A webhook just made or rotated: the only time that its secret is shown. */
export interface WebhookWithSecret extends Webhook {
  readonly secret?: string;
}

/** Which deliveries of a webhook. */
export interface DeliveryQuery extends PageQuery {
  readonly status?: WebhookDeliveryStatus;
}

/** Webhooks, and what became of the messages to them; changes need the role `admin`. */
export const webhookCalls = (connection: Connection) => ({
  /** POST /v1/webhooks. */
  create: (webhook: NewWebhook, options?: PostOptions): Promise<WebhookWithSecret> =>
    postJson(connection, "/v1/webhooks", webhook, options),
  /** GET /v1/webhooks, oldest first. */
  list: (query: PageQuery = {}): Promise<Page<Webhook>> => getPage(connection, "/v1/webhooks", { ...query }),
  /** GET /v1/webhooks, page after page. */
  each: (query: PageQuery = {}): AsyncGenerator<Webhook, void> => eachOf(connection, "/v1/webhooks", { ...query }),
  /** GET /v1/webhooks/{id}. */
  get: (id: string): Promise<Webhook> => getJson(connection, pathOf(id)),
  /** PUT /v1/webhooks/{id}. */
  put: (id: string, change: WebhookChange): Promise<Webhook> => putJson(connection, pathOf(id), change),
  /** DELETE /v1/webhooks/{id}. */
  delete: (id: string): Promise<Webhook> => deleteJson(connection, pathOf(id)),
  /** POST /v1/webhooks/{id}/rotate: the secret before signs beside the new one for 24 hours. */
  rotate: (id: string, options?: PostOptions): Promise<WebhookWithSecret> =>
    postJson(connection, `${pathOf(id)}/rotate`, {}, options),
  /** POST /v1/webhooks/{id}/test. */
  test: (id: string, options?: PostOptions): Promise<Omit<WebhookMessage, "deliveries">> =>
    postJson(connection, `${pathOf(id)}/test`, {}, options),
  /** GET /v1/webhooks/{id}/deliveries, newest first. */
  deliveries: (id: string, query: DeliveryQuery = {}): Promise<Page<WebhookDelivery>> =>
    getPage(connection, `${pathOf(id)}/deliveries`, { ...query }),
  /** GET /v1/webhooks/{id}/deliveries, page after page. */
  eachDelivery: (id: string, query: DeliveryQuery = {}): AsyncGenerator<WebhookDelivery, void> =>
    eachOf(connection, `${pathOf(id)}/deliveries`, { ...query }),
  /** GET /v1/webhooks/messages/{id}. */
  message: (id: string): Promise<WebhookMessage> =>
    getJson(connection, `/v1/webhooks/messages/${encodeURIComponent(id)}`),
  /** POST /v1/webhooks/{id}/deliveries/{message}/replay: the same message, under the same id. */
  replay: (id: string, message: string, options?: PostOptions): Promise<WebhookDelivery> =>
    postJson(connection, `${pathOf(id)}/deliveries/${encodeURIComponent(message)}/replay`, {}, options),
  /** POST /v1/webhooks/{id}/replay: a thousand messages at most; `next` says where to go on. */
  replayRange: (
    id: string,
    range: WebhookReplay,
    options?: PostOptions,
  ): Promise<{ replayed: number; next?: string }> => postJson(connection, `${pathOf(id)}/replay`, range, options),
});

function pathOf(id: string): string {
  return `/v1/webhooks/${encodeURIComponent(id)}`;
}
