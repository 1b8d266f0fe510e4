import { listCharges } from "@farthing/billing";
import { http } from "../_kit/http.ts";
import { billing } from "../_kit/services/billing.ts";
import * as routes from "../_routes/invoices.ts";

/** GET /v1/invoices/{id}/charges: lists the micro-charges behind an invoice. */
export const handler = http(routes.listCharges, (call) =>
  listCharges(billing(), { ...call.page, ...call.query, merchant: call.merchant, id: call.path.id }),
);
