import { DisabledReason, WebhookEventType, WebhookScheme } from "@farthing/access";
import * as v from "valibot";
import { Label, Moment } from "../_kit/fields.ts";
import { route } from "../_kit/route.ts";

const Events = v.pipe(
  v.array(WebhookEventType),
  v.minLength(1),
  v.check((types) => new Set(types).size === types.length, "A type is named once."),
  v.description("The types that it is told of; all, where nothing is said."),
);

const Url = v.pipe(v.string(), v.description("https, at a public address, on port 443 or from 1024 on."));

const webhookFields = {
  id: v.string(),
  url: v.string(),
  events: v.optional(v.array(WebhookEventType)),
  description: v.optional(v.string()),
  scheme: WebhookScheme,
  publicKey: v.optional(v.pipe(v.string(), v.description("`whpk_…`, which checks signatures of scheme v1a."))),
  oldPublicKey: v.optional(v.string()),
  oldUntil: v.optional(v.pipe(Moment, v.description("Until when the secret before a rotation signs as well."))),
  enabled: v.boolean(),
  disabledReason: v.optional(DisabledReason),
  disabledAt: v.optional(Moment),
  failingSince: v.optional(v.pipe(Moment, v.description("Since when every attempt has failed."))),
  createdAt: Moment,
  updatedAt: Moment,
};

const Webhook = v.pipe(v.object(webhookFields), v.title("Webhook"));
const WebhookWithSecret = v.pipe(
  v.object({
    ...webhookFields,
    secret: v.optional(v.pipe(v.string(), v.description("`whsec_…`, of scheme v1, shown this once."))),
  }),
  v.title("WebhookWithSecret"),
);

const messageFields = { id: v.string(), type: WebhookEventType, createdAt: Moment, body: v.string() };

const write = { roles: ["admin"] } as const;
const read = { roles: ["read"] } as const;
const Id = v.pipe(v.string(), v.maxLength(64));
const Path = v.strictObject({ id: Id });

/** Makes a webhook. */
export const createWebhook = route({
  route: "POST /v1/webhooks",
  does: "Makes a webhook: an address that is told what happens, by signed messages. Its secret is shown this once.",
  ...write,
  body: v.strictObject({
    url: Url,
    events: v.optional(Events),
    description: v.optional(Label),
    scheme: v.optional(WebhookScheme, "v1"),
  }),
  status: 201,
  // An answer that holds a secret is never stored.
  replay: "recomputed",
  answer: WebhookWithSecret,
  errors: ["invalid_webhook_url", "idempotency_conflict", "too_many_webhooks"],
});

/** Lists webhooks. */
export const listWebhooks = route({
  route: "GET /v1/webhooks",
  does: "Lists webhooks, oldest first, without their secrets.",
  ...read,
  paged: true,
  answer: Webhook,
  errors: [],
});

/** Shows a webhook. */
export const getWebhook = route({
  route: "GET /v1/webhooks/{id}",
  does: "Shows a webhook without its secret.",
  ...read,
  path: Path,
  answer: Webhook,
  errors: ["not_found"],
});

/** Changes a webhook. */
export const putWebhook = route({
  route: "PUT /v1/webhooks/{id}",
  does: "Changes a webhook; what is left out stays. `enabled: true` also forgets that it failed, `events: null` takes all types.",
  ...write,
  path: Path,
  body: v.strictObject({
    url: v.exactOptional(Url),
    events: v.exactOptional(v.nullable(Events)),
    description: v.exactOptional(Label),
    enabled: v.exactOptional(v.boolean()),
  }),
  answer: Webhook,
  errors: ["not_found", "invalid_webhook_url"],
});

/** Deletes a webhook. */
export const deleteWebhook = route({
  route: "DELETE /v1/webhooks/{id}",
  does: "Deletes a webhook; what it was still to be told is given up.",
  ...write,
  path: Path,
  answer: Webhook,
  errors: ["not_found"],
});

/** Rotates a webhook's secret. */
export const rotateWebhook = route({
  route: "POST /v1/webhooks/{id}/rotate",
  does: "Gives a webhook a new secret, shown this once; the one before signs beside it for 24 hours.",
  ...write,
  path: Path,
  replay: "recomputed",
  answer: WebhookWithSecret,
  errors: ["not_found"],
});

/** Sends a webhook a test. */
export const testWebhook = route({
  route: "POST /v1/webhooks/{id}/test",
  does: "Sends a webhook a message of type webhook.test, whatever types it takes.",
  ...write,
  path: Path,
  status: 202,
  replay: "recomputed",
  answer: v.object(messageFields),
  errors: ["not_found", "webhook_disabled"],
});
