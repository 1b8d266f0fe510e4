import { createSubscription } from "@farthing/billing";
import { http } from "../_kit/http.ts";
import { billing } from "../_kit/services/billing.ts";
import * as routes from "../_routes/subscriptions.ts";

/** POST /v1/subscriptions: subscribes a customer. The same again is the same subscription. */
export const handler = http(routes.createSubscription, (call) =>
  createSubscription(billing(), { ...call.body, merchant: call.merchant }),
);
