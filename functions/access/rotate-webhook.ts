import { rotateWebhook } from "@farthing/access";
import { http } from "../_kit/http.ts";
import { webhooks } from "../_kit/services/webhooks.ts";
import * as routes from "../_routes/webhooks.ts";

/** POST /v1/webhooks/{id}/rotate: gives a webhook a new secret. A resend with its idempotency key rotates once. */
export const handler = http(routes.rotateWebhook, (call) =>
  rotateWebhook(webhooks(), { merchant: call.merchant, id: call.path.id }, call),
);
