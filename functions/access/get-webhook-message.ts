import { getWebhookMessage } from "@farthing/access";
import { http } from "../_kit/http.ts";
import { webhookLog } from "../_kit/services/webhooks.ts";
import * as routes from "../_routes/webhook-deliveries.ts";

/** GET /v1/webhooks/messages/{id}: shows a message and its deliveries. */
export const handler = http(routes.getWebhookMessage, (call) =>
  getWebhookMessage(webhookLog(), { merchant: call.merchant, id: call.path.id }),
);
