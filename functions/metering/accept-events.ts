import { acceptEvents, bodyKindOf } from "@farthing/metering";
import { http } from "../_kit/http.ts";
import { ingest } from "../_kit/services/metering.ts";
import * as routes from "../_routes/metering.ts";

/** POST /v1/events: stores a batch of usage events. A resend of the same batch stores nothing and answers the same. */
export const handler = http(routes.acceptEvents, (call) =>
  acceptEvents(ingest(), {
    ...call,
    kind: bodyKindOf(call.mediaType),
    backfill: call.query.backfill !== undefined,
    keyed: call.once !== undefined,
  }),
);
