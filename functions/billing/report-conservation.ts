import { conservationDocument } from "@farthing/billing";
import { http } from "../_kit/http.ts";
import { reports } from "../_kit/services/billing.ts";
import * as routes from "../_routes/events.ts";

/** GET /v1/reports/conservation: tells what became of every event. */
export const handler = http(routes.reportConservation, (call) =>
  conservationDocument(reports(), { ...call.query, merchant: call.merchant, after: call.page.after }),
);
