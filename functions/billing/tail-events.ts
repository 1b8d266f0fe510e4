import { tailEvents } from "@farthing/billing";
import { http } from "../_kit/http.ts";
import { tailing } from "../_kit/services/billing.ts";
import * as routes from "../_routes/events.ts";

/** GET /v1/events/tail: answers what arrived since a cursor, or waits for it. The same cursor again misses nothing. */
export const handler = http(routes.tailEvents, ({ merchant, query: { wait, ...query } }) =>
  tailEvents(tailing(), { ...query, merchant, waitMs: wait * 1000 }),
);
