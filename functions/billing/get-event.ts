import { debugEvent } from "@farthing/billing";
import { http } from "../_kit/http.ts";
import { debugging } from "../_kit/services/billing.ts";
import * as routes from "../_routes/events.ts";

/** GET /v1/events/{id}: shows every copy of an event. */
export const handler = http(routes.getEvent, (call) =>
  debugEvent(debugging(), { ...call.query, id: call.path.id, merchant: call.merchant }),
);
