import { listKeys } from "@farthing/access";
import { http } from "../_kit/http.ts";
import { access } from "../_kit/services/access.ts";
import * as routes from "../_routes/access.ts";

/** GET /v1/keys: lists the merchant's keys without their secrets. */
export const handler = http(routes.listKeys, (call) => listKeys(access(), call, call.page));
