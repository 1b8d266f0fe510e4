import { listAppliedCoupons } from "@farthing/billing";
import { http } from "../_kit/http.ts";
import { couponing } from "../_kit/services/terms.ts";
import * as routes from "../_routes/customer-coupons.ts";

/** GET /v1/customers/{id}/coupons: lists a customer's coupons. */
export const handler = http(routes.listAppliedCoupons, (call) =>
  listAppliedCoupons(couponing(), { ...call.page, merchant: call.merchant, customer: call.path.id }),
);
