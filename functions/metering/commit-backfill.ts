import { commitBackfill } from "@farthing/metering";
import { http } from "../_kit/http.ts";
import { backfilling } from "../_kit/services/metering.ts";
import * as routes from "../_routes/backfills.ts";

/** POST /v1/backfills/{name}/commit: commits a backfill as a whole. A resend asks for the work again. */
export const handler = http(routes.commitBackfill, (call) =>
  commitBackfill(backfilling(), { merchant: call.merchant, name: call.path.name }),
);
