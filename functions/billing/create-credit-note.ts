import { createCreditNote } from "@farthing/billing";
import { http } from "../_kit/http.ts";
import { crediting } from "../_kit/services/billing.ts";
import * as routes from "../_routes/credit-notes.ts";

/** POST /v1/invoices/{id}/credit-notes: makes a credit note. Under the same key it is the same note. */
export const handler = http(routes.createCreditNote, (call) =>
  createCreditNote(crediting(), { ...call.body, merchant: call.merchant, id: call.path.id, key: call.once?.key }),
);
