import { getInvoice } from "@farthing/billing";
import { http } from "../_kit/http.ts";
import { printing } from "../_kit/services/printing.ts";
import * as routes from "../_routes/invoices.ts";

/** GET /v1/invoices/{id}: shows an invoice with its lines, and what became of it. */
export const handler = http(routes.getInvoice, (call) => getInvoice(printing(), { ...call, id: call.path.id }));
