import { removeCoupon } from "@farthing/billing";
import { http } from "../_kit/http.ts";
import { couponing } from "../_kit/services/terms.ts";
import * as routes from "../_routes/customer-coupons.ts";

/** DELETE /v1/customers/{id}/coupons/{coupon}: takes a coupon from a customer. A resend changes nothing. */
export const handler = http(routes.removeCoupon, (call) =>
  removeCoupon(couponing(), { ...call, customer: call.path.id, coupon: call.path.coupon }),
);
