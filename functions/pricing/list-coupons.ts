import { listCoupons } from "@farthing/pricing";
import { http } from "../_kit/http.ts";
import { textStores } from "../_kit/services/pricing.ts";
import * as routes from "../_routes/coupons.ts";

/** GET /v1/coupons: lists coupons. */
export const handler = http(routes.listCoupons, (call) =>
  listCoupons(textStores(), { ...call.page, merchant: call.merchant }),
);
