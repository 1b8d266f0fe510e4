import { putPlan } from "@farthing/pricing";
import { http } from "../_kit/http.ts";
import { pricing } from "../_kit/services/pricing.ts";
import * as routes from "../_routes/pricing.ts";

/** PUT /v1/plans/{key}: stores a plan. The same content again answers the same version. */
export const handler = http(routes.putPlan, (call) => putPlan(pricing(), { ...call, key: call.path.key }));
