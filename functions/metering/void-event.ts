import { voidEvent } from "@farthing/metering";
import { http } from "../_kit/http.ts";
import { ingest } from "../_kit/services/metering.ts";
import * as routes from "../_routes/corrections.ts";

/** POST /v1/events/void: stores a void. A resend changes nothing. */
export const handler = http(routes.voidEvent, (call) => voidEvent(ingest(), call));
