import { applyCoupon } from "@farthing/billing";
import { http } from "../_kit/http.ts";
import { couponing } from "../_kit/services/terms.ts";
import * as routes from "../_routes/customer-coupons.ts";

/** POST /v1/customers/{id}/coupons: gives a customer a coupon. The same again is the same. */
export const handler = http(routes.applyCoupon, (call) =>
  applyCoupon(couponing(), { ...call, customer: call.path.id, ...call.body }),
);
