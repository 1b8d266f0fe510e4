import { getMeter } from "@farthing/metering";
import { http } from "../_kit/http.ts";
import { rolling } from "../_kit/services/metering.ts";
import * as routes from "../_routes/metering.ts";

/** GET /v1/meters/{key}: shows a meter. */
export const handler = http(routes.getMeter, (call) => getMeter(rolling(), { ...call, key: call.path.key }));
