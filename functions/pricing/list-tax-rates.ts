import { listTaxRates } from "@farthing/pricing";
import { http } from "../_kit/http.ts";
import { textStores } from "../_kit/services/pricing.ts";
import * as routes from "../_routes/tax-rates.ts";

/** GET /v1/tax-rates: lists the countries that have tax rates. */
export const handler = http(routes.listTaxRates, (call) =>
  listTaxRates(textStores(), { ...call.page, merchant: call.merchant }),
);
