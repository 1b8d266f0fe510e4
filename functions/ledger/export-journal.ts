import { exportJournal } from "@farthing/ledger";
import { http } from "../_kit/http.ts";
import { ledger } from "../_kit/services/ledger.ts";
import * as routes from "../_routes/ledger.ts";

/** GET /v1/ledger/journal: the general ledger as a file, or as one part of it. */
export const handler = http(routes.exportJournal, (call) =>
  exportJournal(ledger(), { ...call.query, merchant: call.merchant, after: call.page.after }),
);
