import { getCreditNote } from "@farthing/billing";
import { http } from "../_kit/http.ts";
import { notes } from "../_kit/services/billing.ts";
import * as routes from "../_routes/credit-notes.ts";

/** GET /v1/credit-notes/{id}: shows a credit note. */
export const handler = http(routes.getCreditNote, (call) =>
  getCreditNote(notes(), { merchant: call.merchant, id: call.path.id }),
);
