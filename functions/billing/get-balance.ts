import { getBalance } from "@farthing/billing";
import { http } from "../_kit/http.ts";
import { billing } from "../_kit/services/billing.ts";
import * as routes from "../_routes/customers.ts";

/** GET /v1/customers/{id}/balance: shows what a customer owes. */
export const handler = http(routes.getBalance, (call) => getBalance(billing(), { ...call, id: call.path.id }));
