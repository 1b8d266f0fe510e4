import { putCoupon } from "@farthing/pricing";
import { http } from "../_kit/http.ts";
import { textStores } from "../_kit/services/pricing.ts";
import * as routes from "../_routes/coupons.ts";

/** PUT /v1/coupons/{key}: stores a coupon. A resend changes nothing. */
export const handler = http(routes.putCoupon, (call) => putCoupon(textStores(), { ...call, key: call.path.key }));
