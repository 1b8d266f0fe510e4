import { getTrialBalance } from "@farthing/ledger";
import { http } from "../_kit/http.ts";
import { ledger } from "../_kit/services/ledger.ts";
import * as routes from "../_routes/ledger.ts";

/** GET /v1/ledger/trial-balance: shows what every account came to. */
export const handler = http(routes.getTrialBalance, (call) =>
  getTrialBalance(ledger(), { ...call.query, merchant: call.merchant }),
);
