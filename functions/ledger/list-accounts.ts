import { listAccounts } from "@farthing/ledger";
import { http } from "../_kit/http.ts";
import { ledger } from "../_kit/services/ledger.ts";
import * as routes from "../_routes/ledger.ts";

/** GET /v1/ledger/accounts: lists accounts with their balances. */
export const handler = http(routes.listAccounts, (call) =>
  listAccounts(ledger(), { ...call.page, ...call.query, merchant: call.merchant }),
);
