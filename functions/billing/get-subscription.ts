import { getSubscription } from "@farthing/billing";
import { http } from "../_kit/http.ts";
import { billing } from "../_kit/services/billing.ts";
import * as routes from "../_routes/subscriptions.ts";

/** GET /v1/subscriptions/{id}: shows a subscription as it stands. */
export const handler = http(routes.getSubscription, (call) =>
  getSubscription(billing(), { merchant: call.merchant, id: call.path.id }),
);
