import { debugEvents } from "@farthing/billing";
import { http } from "../_kit/http.ts";
import { debugging } from "../_kit/services/billing.ts";
import * as routes from "../_routes/events.ts";

/** GET /v1/events: lists events with what became of each. */
export const handler = http(routes.listEvents, (call) =>
  debugEvents(debugging(), { ...call.query, ...call.page, merchant: call.merchant }),
);
