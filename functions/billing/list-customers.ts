import { listCustomers } from "@farthing/billing";
import { http } from "../_kit/http.ts";
import { billing } from "../_kit/services/billing.ts";
import * as routes from "../_routes/customers.ts";

/** GET /v1/customers: lists customers. */
export const handler = http(routes.listCustomers, (call) =>
  listCustomers(billing(), { ...call.page, merchant: call.merchant }),
);
