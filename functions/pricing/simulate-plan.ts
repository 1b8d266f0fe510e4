import { simulatePlan } from "@farthing/billing";
import { http } from "../_kit/http.ts";
import { simulating } from "../_kit/services/billing.ts";
import * as routes from "../_routes/pricing.ts";

/** POST /v1/plans/{key}/simulate: compares a version of a plan with what was billed. It writes nothing, so a resend is harmless. */
export const handler = http(routes.simulatePlan, (call) =>
  simulatePlan(simulating(), { ...call.page, ...call.body, merchant: call.merchant, key: call.path.key }),
);
