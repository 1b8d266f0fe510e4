import { replaceEvent } from "@farthing/metering";
import { http } from "../_kit/http.ts";
import { ingest } from "../_kit/services/metering.ts";
import * as routes from "../_routes/corrections.ts";

/** POST /v1/events/replace: stores a void and an event in its place. A resend changes nothing, or stores what was missing. */
export const handler = http(routes.replaceEvent, (call) => replaceEvent(ingest(), call));
