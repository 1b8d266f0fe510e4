import { closePeriod } from "@farthing/ledger";
import { http } from "../_kit/http.ts";
import { ledger } from "../_kit/services/ledger.ts";
import * as routes from "../_routes/ledger.ts";

/** POST /v1/ledger/close: closes the books through an instant. The same instant again answers the same close. */
export const handler = http(routes.closePeriod, (call) =>
  closePeriod(ledger(), { ...call.body, merchant: call.merchant }),
);
