import { printCreditNote } from "@farthing/billing";
import { http } from "../_kit/http.ts";
import { printingNotes } from "../_kit/services/printing.ts";
import * as routes from "../_routes/credit-notes.ts";

/** GET /v1/credit-notes/{id}/pdf: a credit note as a document, always the same bytes. */
export const handler = http(routes.printCreditNote, (call) =>
  printCreditNote(printingNotes(), { merchant: call.merchant, id: call.path.id }),
);
