import { putMerchant } from "@farthing/access";
import { http } from "../_kit/http.ts";
import { access } from "../_kit/services/access.ts";
import * as routes from "../_routes/access.ts";

/** PUT /v1/merchant: says how invoices name the merchant, and how it bills. The same again changes nothing. */
export const handler = http(routes.putMerchant, (call) => putMerchant(access(), call, call.body));
