import { listCloses } from "@farthing/ledger";
import { http } from "../_kit/http.ts";
import { ledger } from "../_kit/services/ledger.ts";
import * as routes from "../_routes/ledger.ts";

/** GET /v1/ledger/closes: lists closed periods. */
export const handler = http(routes.listCloses, (call) =>
  listCloses(ledger(), { ...call.page, merchant: call.merchant }),
);
