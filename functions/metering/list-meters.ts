import { listMeters } from "@farthing/metering";
import { http } from "../_kit/http.ts";
import { rolling } from "../_kit/services/metering.ts";
import * as routes from "../_routes/metering.ts";

/** GET /v1/meters: lists meters. */
export const handler = http(routes.listMeters, (call) =>
  listMeters(rolling(), { ...call.page, merchant: call.merchant }),
);
