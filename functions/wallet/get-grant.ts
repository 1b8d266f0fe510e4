import { getGrant } from "@farthing/wallet";
import { http } from "../_kit/http.ts";
import { granting } from "../_kit/services/wallet.ts";
import * as routes from "../_routes/grants.ts";

/** GET /v1/customers/{id}/grants/{grant}: shows a grant with what is left of it. */
export const handler = http(routes.getGrant, (call) =>
  getGrant(granting(), { merchant: call.merchant, customer: call.path.id, id: call.path.grant }),
);
