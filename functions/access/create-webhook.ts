import { createWebhook } from "@farthing/access";
import { http } from "../_kit/http.ts";
import { webhooks } from "../_kit/services/webhooks.ts";
import * as routes from "../_routes/webhooks.ts";

/** POST /v1/webhooks: makes a webhook. A resend with its idempotency key answers with the same secret. */
export const handler = http(routes.createWebhook, (call) => createWebhook(webhooks(), call));
