import { listSettlements } from "@farthing/billing";
import { http } from "../_kit/http.ts";
import { invoices } from "../_kit/services/billing.ts";
import * as routes from "../_routes/settlements.ts";

/** GET /v1/settlements: lists settlements. */
export const handler = http(routes.listSettlements, (call) =>
  listSettlements(invoices(), { ...call.page, merchant: call.merchant }),
);
