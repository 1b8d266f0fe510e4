import { listGrants } from "@farthing/wallet";
import { http } from "../_kit/http.ts";
import { granting } from "../_kit/services/wallet.ts";
import * as routes from "../_routes/grants.ts";

/** GET /v1/customers/{id}/grants: lists a customer's grants in the order in which they are drawn. */
export const handler = http(routes.listGrants, (call) =>
  listGrants(granting(), { ...call.page, merchant: call.merchant, customer: call.path.id }),
);
