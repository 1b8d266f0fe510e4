import { listWebhooks } from "@farthing/access";
import { http } from "../_kit/http.ts";
import { webhookLog } from "../_kit/services/webhooks.ts";
import * as routes from "../_routes/webhooks.ts";

/** GET /v1/webhooks: lists the merchant's webhooks without their secrets. */
export const handler = http(routes.listWebhooks, (call) => listWebhooks(webhookLog(), call.merchant, call.page));
