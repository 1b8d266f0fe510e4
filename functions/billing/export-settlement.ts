import { exportSettlement } from "@farthing/billing";
import { http } from "../_kit/http.ts";
import { invoices } from "../_kit/services/billing.ts";
import * as routes from "../_routes/settlements.ts";

/** GET /v1/settlements/{id}/export: a settlement as a file. */
export const handler = http(routes.exportSettlement, (call) =>
  exportSettlement(invoices(), { ...call, id: call.path.id }),
);
