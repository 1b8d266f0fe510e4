import { listBackfills } from "@farthing/metering";
import { http } from "../_kit/http.ts";
import { backfilling } from "../_kit/services/metering.ts";
import * as routes from "../_routes/backfills.ts";

/** GET /v1/backfills: lists backfills. */
export const handler = http(routes.listBackfills, (call) =>
  listBackfills(backfilling(), { ...call.page, merchant: call.merchant }),
);
