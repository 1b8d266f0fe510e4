import { putCustomer } from "@farthing/billing";
import { http } from "../_kit/http.ts";
import { billing } from "../_kit/services/billing.ts";
import * as routes from "../_routes/customers.ts";

/** PUT /v1/customers/{id}: creates or replaces a customer. A resend changes nothing. */
export const handler = http(routes.putCustomer, (call) => putCustomer(billing(), { ...call, id: call.path.id }));
