import { exportCharges, listCharges } from "@farthing/billing";
import { http } from "../_kit/http.ts";
import { charges } from "../_kit/services/billing.ts";
import * as routes from "../_routes/invoices.ts";

/** GET /v1/invoices/{id}/charges: lists the micro-charges behind an invoice, or writes them as a file in parts. */
export const handler = http(routes.listCharges, ({ merchant, path, query, page, form }) => {
  const order = { ...query, merchant, id: path.id };
  return form === undefined
    ? listCharges(charges(), { ...page, ...order })
    : exportCharges(charges(), { ...order, form, after: page.after });
});
