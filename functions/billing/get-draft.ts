import { getDraft } from "@farthing/billing";
import { http } from "../_kit/http.ts";
import { drafting } from "../_kit/services/billing.ts";
import * as routes from "../_routes/invoice-changes.ts";

/** GET /v1/customers/{id}/invoices/draft: the invoices that a settlement would seal now. */
export const handler = http(routes.getDraft, (call) =>
  getDraft(drafting(), { ...call.query, merchant: call.merchant, id: call.path.id }),
);
