import { printInvoice } from "@farthing/billing";
import { http } from "../_kit/http.ts";
import { printing } from "../_kit/services/printing.ts";
import * as routes from "../_routes/invoices.ts";

/** GET /v1/invoices/{id}/pdf: an invoice as a document, always the same bytes. */
export const handler = http(routes.printInvoice, (call) => printInvoice(printing(), { ...call, id: call.path.id }));
