import { createGrant } from "@farthing/wallet";
import { http } from "../_kit/http.ts";
import { granting } from "../_kit/services/wallet.ts";
import * as routes from "../_routes/grants.ts";

/** POST /v1/customers/{id}/grants: grants credit. A resend with its idempotency key answers the same grant. */
export const handler = http(routes.createGrant, (call) => createGrant(granting(), { ...call, customer: call.path.id }));
