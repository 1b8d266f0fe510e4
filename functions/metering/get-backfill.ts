import { getBackfill } from "@farthing/metering";
import { http } from "../_kit/http.ts";
import { backfilling } from "../_kit/services/metering.ts";
import * as routes from "../_routes/backfills.ts";

/** GET /v1/backfills/{name}: shows a backfill and what it holds. */
export const handler = http(routes.getBackfill, (call) =>
  getBackfill(backfilling(), { merchant: call.merchant, name: call.path.name }),
);
