import { exportSettlement } from "@farthing/billing";
import { http } from "../_kit/http.ts";
import { invoices } from "../_kit/services/billing.ts";
import * as routes from "../_routes/settlements.ts";

/** GET /v1/settlements/{id}/export: a settlement as a file, or as one part of it. */
export const handler = http(routes.exportSettlement, (call) =>
  exportSettlement(invoices(), { ...call.query, merchant: call.merchant, id: call.path.id, after: call.page.after }),
);
