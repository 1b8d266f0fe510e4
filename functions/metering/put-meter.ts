import { putMeter } from "@farthing/metering";
import { http } from "../_kit/http.ts";
import { meterStores } from "../_kit/services/meters.ts";
import * as routes from "../_routes/metering.ts";

/** PUT /v1/meters/{key}: creates or changes a meter. A resend changes nothing. */
export const handler = http(routes.putMeter, (call) => putMeter(meterStores(), { ...call, key: call.path.key }));
