import { listDeliveries } from "@farthing/access";
import { http } from "../_kit/http.ts";
import { webhookLog } from "../_kit/services/webhooks.ts";
import * as routes from "../_routes/webhook-deliveries.ts";

/** GET /v1/webhooks/{id}/deliveries: lists what became of a webhook's messages. */
export const handler = http(routes.listDeliveries, (call) =>
  listDeliveries(webhookLog(), { merchant: call.merchant, id: call.path.id }, { ...call.page, ...call.query }),
);
