import { createKey } from "@farthing/access";
import { http } from "../_kit/http.ts";
import { access } from "../_kit/services/access.ts";
import * as routes from "../_routes/access.ts";

/** POST /v1/keys: makes an API key. A resend with its idempotency key answers with the same key. */
export const handler = http(routes.createKey, (call) => createKey(access(), { ...call, ...call.body }));
