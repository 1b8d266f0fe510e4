import { WebhookEventType } from "@farthing/access";
import * as v from "valibot";
import { Moment, MomentText } from "../_kit/fields.ts";
import { route } from "../_kit/route.ts";

const Count = v.pipe(v.number(), v.integer());

const Attempt = v.object({
  at: Moment,
  durationMs: Count,
  statusCode: v.optional(Count),
  error: v.optional(
    v.picklist(["address_refused", "name_unknown", "connection_failed", "timed_out", "redirected", "url_refused"]),
  ),
  response: v.optional(
    v.pipe(v.string(), v.description("The first 1,024 bytes of the answer; of the last attempt alone.")),
  ),
});

const Status = v.picklist(["pending", "delivered", "failed"]);

const Delivery = v.pipe(
  v.object({
    message: v.string(),
    endpoint: v.pipe(v.string(), v.description("The webhook's id.")),
    type: WebhookEventType,
    status: Status,
    reason: v.optional(v.picklist(["exhausted", "gone", "disabled", "deleted", "expired"])),
    attemptCount: Count,
    attempts: v.pipe(v.array(Attempt), v.description("The last 20, oldest first.")),
    nextAt: v.optional(v.pipe(Moment, v.description("When the next attempt is due."))),
    createdAt: Moment,
  }),
  v.title("WebhookDelivery"),
);

const WebhookMessage = v.pipe(
  v.object({
    id: v.string(),
    type: WebhookEventType,
    createdAt: Moment,
    body: v.pipe(v.string(), v.description("The body that is sent, to the byte.")),
    deliveries: v.array(Delivery),
  }),
  v.title("WebhookMessage"),
);

const write = { roles: ["admin"] } as const;
const read = { roles: ["read"] } as const;
const Id = v.pipe(v.string(), v.maxLength(64));
const Path = v.strictObject({ id: Id });

/** Lists what became of a webhook's messages. */
export const listDeliveries = route({
  route: "GET /v1/webhooks/{id}/deliveries",
  does: "Lists what became of the messages to a webhook, newest first, with their attempts; for 30 days.",
  ...read,
  path: Path,
  query: v.strictObject({ status: v.optional(Status) }),
  paged: true,
  answer: Delivery,
  errors: ["not_found"],
});

/** Shows a message. */
export const getWebhookMessage = route({
  route: "GET /v1/webhooks/messages/{id}",
  does: "Shows a message as it is sent, and what became of it at each webhook.",
  ...read,
  path: Path,
  answer: WebhookMessage,
  errors: ["not_found"],
});

const again = { ...write, status: 202, replay: "stored" } as const;

/** Sends a message again. */
export const replayDelivery = route({
  route: "POST /v1/webhooks/{id}/deliveries/{message}/replay",
  does: "Sends a message to a webhook again, under the same id, with a schedule of attempts of its own.",
  ...again,
  path: v.strictObject({ id: Id, message: Id }),
  answer: Delivery,
  errors: ["not_found", "webhook_disabled"],
});

/** Sends the messages of a range again. */
export const replayDeliveries = route({
  route: "POST /v1/webhooks/{id}/replay",
  does: "Sends a webhook the messages made from `from` on and before `to` again, a thousand at most: `next` says where to go on.",
  ...again,
  path: Path,
  body: v.strictObject({
    from: MomentText,
    to: MomentText,
    status: v.optional(v.pipe(v.picklist(["delivered", "failed"]), v.description("Of this status alone."))),
  }),
  answer: v.object({ replayed: Count, next: v.optional(Moment) }),
  errors: ["invalid_range", "not_found", "webhook_disabled"],
});
