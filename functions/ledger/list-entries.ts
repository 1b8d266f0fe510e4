import { listEntries } from "@farthing/ledger";
import { http } from "../_kit/http.ts";
import { ledger } from "../_kit/services/ledger.ts";
import * as routes from "../_routes/ledger.ts";

/** GET /v1/ledger/accounts/{id}/entries: lists an account's entries with running balances. */
export const handler = http(routes.listEntries, (call) =>
  listEntries(ledger(), { ...call.page, ...call.query, ...call.path, merchant: call.merchant }),
);
