import { getWebhook } from "@farthing/access";
import { http } from "../_kit/http.ts";
import { webhookLog } from "../_kit/services/webhooks.ts";
import * as routes from "../_routes/webhooks.ts";

/** GET /v1/webhooks/{id}: shows a webhook without its secret. */
export const handler = http(routes.getWebhook, (call) =>
  getWebhook(webhookLog(), { merchant: call.merchant, id: call.path.id }),
);
