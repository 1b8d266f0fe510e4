import { listCreditNotes } from "@farthing/billing";
import { http } from "../_kit/http.ts";
import { notes } from "../_kit/services/billing.ts";
import * as routes from "../_routes/credit-notes.ts";

/** GET /v1/credit-notes: lists credit notes. */
export const handler = http(routes.listCreditNotes, (call) =>
  listCreditNotes(notes(), { ...call.page, ...call.query, merchant: call.merchant }),
);
