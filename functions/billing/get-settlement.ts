import { getSettlement } from "@farthing/billing";
import { http } from "../_kit/http.ts";
import { invoices } from "../_kit/services/billing.ts";
import * as routes from "../_routes/settlements.ts";

/** GET /v1/settlements/{id}: shows a settlement. */
export const handler = http(routes.getSettlement, (call) => getSettlement(invoices(), { ...call, id: call.path.id }));
