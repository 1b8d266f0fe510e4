import { listPlans } from "@farthing/pricing";
import { http } from "../_kit/http.ts";
import { pricing } from "../_kit/services/pricing.ts";
import * as routes from "../_routes/pricing.ts";

/** GET /v1/plans: lists plans. */
export const handler = http(routes.listPlans, (call) =>
  listPlans(pricing(), { ...call.page, merchant: call.merchant }),
);
