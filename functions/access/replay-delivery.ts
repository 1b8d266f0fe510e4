import { replayDelivery } from "@farthing/access";
import { http } from "../_kit/http.ts";
import { webhooks } from "../_kit/services/webhooks.ts";
import * as routes from "../_routes/webhook-deliveries.ts";

/** POST /v1/webhooks/{id}/deliveries/{message}/replay: sends a message again. A resend with its key answers what was. */
export const handler = http(routes.replayDelivery, (call) =>
  replayDelivery(webhooks(), { merchant: call.merchant, id: call.path.id }, call.path.message),
);
