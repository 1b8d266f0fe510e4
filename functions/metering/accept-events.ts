import { acceptNamed, bodyKindOf, practise } from "@farthing/metering";
import { http } from "../_kit/http.ts";
import { ingest, namedIngest } from "../_kit/services/metering.ts";
import * as routes from "../_routes/metering.ts";

/** POST /v1/events: stores a batch of usage events. A resend of the same batch counts nothing twice; with an idempotency key it stores nothing. */
export const handler = http(routes.acceptEvents, (call) =>
  acceptNamed(namedIngest(), {
    ...call,
    kind: bodyKindOf(call.mediaType),
    backfill: call.query.backfill,
    keyed: call.once !== undefined,
  }),
);

// Where a copy bears several requests at once, it is there before they are: it uses the time. Elsewhere a request waits for it.
if (process.env.FARTHING_AT_ONCE !== undefined) void practise(ingest());
