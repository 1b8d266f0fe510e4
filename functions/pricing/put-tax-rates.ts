import { putTaxRates } from "@farthing/pricing";
import { http } from "../_kit/http.ts";
import { textStores } from "../_kit/services/pricing.ts";
import * as routes from "../_routes/tax-rates.ts";

/** PUT /v1/tax-rates/{country}: stores a country's tax rates. A resend changes nothing. */
export const handler = http(routes.putTaxRates, (call) =>
  putTaxRates(textStores(), { ...call, country: call.path.country }),
);
