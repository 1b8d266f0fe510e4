import { getPlan } from "@farthing/pricing";
import { http } from "../_kit/http.ts";
import { pricing } from "../_kit/services/pricing.ts";
import * as routes from "../_routes/pricing.ts";

/** GET /v1/plans/{key}: shows a plan. */
export const handler = http(routes.getPlan, (call) =>
  getPlan(pricing(), { ...call.query, merchant: call.merchant, key: call.path.key }),
);
