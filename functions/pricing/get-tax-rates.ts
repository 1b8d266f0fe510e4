import { getTaxRates } from "@farthing/pricing";
import { http } from "../_kit/http.ts";
import { textStores } from "../_kit/services/pricing.ts";
import * as routes from "../_routes/tax-rates.ts";

/** GET /v1/tax-rates/{country}: shows a country's tax rates, in their newest version or in a named one. */
export const handler = http(routes.getTaxRates, (call) =>
  getTaxRates(textStores(), { ...call, ...call.path, ...call.query }),
);
