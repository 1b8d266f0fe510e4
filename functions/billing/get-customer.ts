import { getCustomer } from "@farthing/billing";
import { http } from "../_kit/http.ts";
import { billing } from "../_kit/services/billing.ts";
import * as routes from "../_routes/customers.ts";

/** GET /v1/customers/{id}: shows a customer. */
export const handler = http(routes.getCustomer, (call) => getCustomer(billing(), { ...call, id: call.path.id }));
