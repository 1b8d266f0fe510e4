import { getInvoice } from "@farthing/billing";
import { http } from "../_kit/http.ts";
import { invoices } from "../_kit/services/billing.ts";
import * as routes from "../_routes/invoices.ts";

/** GET /v1/invoices/{id}: shows an invoice with its lines. */
export const handler = http(routes.getInvoice, (call) => getInvoice(invoices(), { ...call, id: call.path.id }));
