import { previewBackfill } from "@farthing/billing";
import { http } from "../_kit/http.ts";
import { previews } from "../_kit/services/billing.ts";
import * as routes from "../_routes/backfill-preview.ts";

/** GET /v1/backfills/{name}/preview: tells what a backfill would change of the next invoices. */
export const handler = http(routes.previewBackfill, (call) =>
  previewBackfill(previews(), { ...call.page, ...call.query, merchant: call.merchant, name: call.path.name }),
);
