import { getCoupon } from "@farthing/pricing";
import { http } from "../_kit/http.ts";
import { textStores } from "../_kit/services/pricing.ts";
import * as routes from "../_routes/coupons.ts";

/** GET /v1/coupons/{key}: shows a coupon, in its newest version or in a named one. */
export const handler = http(routes.getCoupon, (call) =>
  getCoupon(textStores(), { ...call, ...call.path, ...call.query }),
);
