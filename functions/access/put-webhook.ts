import { changeWebhook } from "@farthing/access";
import { http } from "../_kit/http.ts";
import { webhooks } from "../_kit/services/webhooks.ts";
import * as routes from "../_routes/webhooks.ts";

/** PUT /v1/webhooks/{id}: changes a webhook. The same again changes nothing. */
export const handler = http(routes.putWebhook, (call) =>
  changeWebhook(webhooks(), { merchant: call.merchant, id: call.path.id }, call.body),
);
