import { listSubscriptions } from "@farthing/billing";
import { http } from "../_kit/http.ts";
import { billing } from "../_kit/services/billing.ts";
import * as routes from "../_routes/subscriptions.ts";

/** GET /v1/subscriptions: lists subscriptions. */
export const handler = http(routes.listSubscriptions, (call) =>
  listSubscriptions(billing(), { ...call.page, ...call.query, merchant: call.merchant }),
);
