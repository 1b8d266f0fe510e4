import { listCarry } from "@farthing/billing";
import { http } from "../_kit/http.ts";
import { billing } from "../_kit/services/billing.ts";
import * as routes from "../_routes/customer-history.ts";

/** GET /v1/customers/{id}/carry: every step of a customer's carry. */
export const handler = http(routes.listCarry, (call) =>
  listCarry(billing(), { ...call.page, ...call.query, merchant: call.merchant, id: call.path.id }),
);
