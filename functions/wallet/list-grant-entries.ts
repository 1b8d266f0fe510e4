import { listGrantEntries } from "@farthing/wallet";
import { http } from "../_kit/http.ts";
import { granting } from "../_kit/services/wallet.ts";
import * as routes from "../_routes/grants.ts";

/** GET /v1/customers/{id}/grants/{grant}/entries: lists a grant's account. */
export const handler = http(routes.listGrantEntries, (call) =>
  listGrantEntries(granting(), { ...call.page, merchant: call.merchant, customer: call.path.id, id: call.path.grant }),
);
