import { changeInvoice } from "@farthing/billing";
import { http } from "../_kit/http.ts";
import { invoices } from "../_kit/services/billing.ts";
import * as routes from "../_routes/invoice-changes.ts";

/** POST /v1/invoices/{id}/pay: notes that an invoice was paid outside. The same again answers the same. */
export const handler = http(routes.payInvoice, (call) =>
  changeInvoice(invoices(), { ...call.body, merchant: call.merchant, id: call.path.id, event: "paid_outside" }),
);
