import { changeInvoice } from "@farthing/billing";
import { http } from "../_kit/http.ts";
import { invoices } from "../_kit/services/billing.ts";
import * as routes from "../_routes/invoice-changes.ts";

/** POST /v1/invoices/{id}/void: gives up the demand of an invoice. The same again answers the same. */
export const handler = http(routes.voidInvoice, (call) =>
  changeInvoice(invoices(), { ...call.body, merchant: call.merchant, id: call.path.id, event: "voided" }),
);
