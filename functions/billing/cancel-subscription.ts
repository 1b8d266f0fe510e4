import { stepSubscription } from "@farthing/billing";
import { http } from "../_kit/http.ts";
import { billing } from "../_kit/services/billing.ts";
import * as routes from "../_routes/subscriptions.ts";

/** POST /v1/subscriptions/{id}/cancel: cancels a subscription. A resend changes nothing. */
export const handler = http(routes.cancelSubscription, ({ merchant, path, body }) =>
  stepSubscription(billing(), { merchant, id: path.id, kind: "cancel", body }),
);
