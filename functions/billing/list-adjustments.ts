import { listAdjustments } from "@farthing/billing";
import { http } from "../_kit/http.ts";
import { billing } from "../_kit/services/billing.ts";
import * as routes from "../_routes/customer-history.ts";

/** GET /v1/customers/{id}/adjustments: what changed in periods that were billed. */
export const handler = http(routes.listAdjustments, (call) =>
  listAdjustments(billing(), { ...call.page, merchant: call.merchant, id: call.path.id }),
);
