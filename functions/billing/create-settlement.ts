import { createSettlement } from "@farthing/billing";
import { http } from "../_kit/http.ts";
import { settling } from "../_kit/services/billing.ts";
import * as routes from "../_routes/settlements.ts";

/** POST /v1/settlements: starts a settlement. A resend with its idempotency key answers the same one. */
export const handler = http(routes.createSettlement, (call) => createSettlement(settling(), call));
