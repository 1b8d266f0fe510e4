import { revokeKey } from "@farthing/access";
import { http } from "../_kit/http.ts";
import { access } from "../_kit/services/access.ts";
import * as routes from "../_routes/access.ts";

/** DELETE /v1/keys/{id}: revokes a key. A resend changes nothing and answers the same. */
export const handler = http(routes.revokeKey, (call) => revokeKey(access(), call, call.path.id));
