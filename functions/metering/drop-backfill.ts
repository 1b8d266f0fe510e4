import { dropBackfill } from "@farthing/metering";
import { http } from "../_kit/http.ts";
import { backfilling } from "../_kit/services/metering.ts";
import * as routes from "../_routes/backfills.ts";

/** POST /v1/backfills/{name}/drop: drops a backfill as a whole. A resend changes nothing. */
export const handler = http(routes.dropBackfill, (call) =>
  dropBackfill(backfilling(), { merchant: call.merchant, name: call.path.name }),
);
