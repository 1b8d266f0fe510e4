import { replayDeliveries } from "@farthing/access";
import { http } from "../_kit/http.ts";
import { webhooks } from "../_kit/services/webhooks.ts";
import * as routes from "../_routes/webhook-deliveries.ts";

/** POST /v1/webhooks/{id}/replay: sends the messages of a range again. A resend with its key answers what was. */
export const handler = http(routes.replayDeliveries, (call) =>
  replayDeliveries(webhooks(), { merchant: call.merchant, id: call.path.id }, call.body),
);
