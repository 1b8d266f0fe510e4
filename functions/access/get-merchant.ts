import { getMerchant } from "@farthing/access";
import { http } from "../_kit/http.ts";
import { access } from "../_kit/services/access.ts";
import * as routes from "../_routes/access.ts";

/** GET /v1/merchant: tells whose the key is. */
export const handler = http(routes.getMerchant, (call) => getMerchant(access(), call));
