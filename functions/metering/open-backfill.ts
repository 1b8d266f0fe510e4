import { openBackfill } from "@farthing/metering";
import { http } from "../_kit/http.ts";
import { backfilling } from "../_kit/services/metering.ts";
import * as routes from "../_routes/backfills.ts";

/** POST /v1/backfills: opens a backfill. A resend changes nothing. */
export const handler = http(routes.openBackfill, (call) =>
  openBackfill(backfilling(), { merchant: call.merchant, name: call.body.name }),
);
