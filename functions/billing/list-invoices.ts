import { listInvoices } from "@farthing/billing";
import { http } from "../_kit/http.ts";
import { invoices } from "../_kit/services/billing.ts";
import * as routes from "../_routes/invoices.ts";

/** GET /v1/invoices: lists invoices. */
export const handler = http(routes.listInvoices, (call) =>
  listInvoices(invoices(), { ...call.page, ...call.query, merchant: call.merchant }),
);
