import { deleteWebhook } from "@farthing/access";
import { http } from "../_kit/http.ts";
import { webhooks } from "../_kit/services/webhooks.ts";
import * as routes from "../_routes/webhooks.ts";

/** DELETE /v1/webhooks/{id}: deletes a webhook. */
export const handler = http(routes.deleteWebhook, (call) =>
  deleteWebhook(webhooks(), { merchant: call.merchant, id: call.path.id }),
);
