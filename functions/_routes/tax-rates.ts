import { CountryPath, PlanQuery, TaxRatesBody } from "@farthing/pricing";
import * as v from "valibot";
import { DecimalText, TimeText } from "../_kit/fields.ts";
import { route } from "../_kit/route.ts";

const TaxRates = v.pipe(
  v.object({
    country: v.string(),
    version: v.number(),
    inclusive: v.pipe(v.boolean(), v.description("Whether prices hold the tax already.")),
    rates: v.array(v.object({ name: v.string(), rate: DecimalText, meters: v.optional(v.array(v.string())) })),
    createdAt: TimeText,
  }),
  v.title("TaxRates"),
);

/** Stores a country's tax rates. */
export const putTaxRates = route({
  route: "PUT /v1/tax-rates/{country}",
  does: "Stores the tax rates of customers in a country; other content makes a new version, for charges not billed yet.",
  roles: ["billing"],
  path: CountryPath,
  body: TaxRatesBody,
  answer: TaxRates,
  errors: [],
});

/** Shows a country's tax rates. */
export const getTaxRates = route({
  route: "GET /v1/tax-rates/{country}",
  does: "Shows a country's tax rates in their newest version, or in the one asked for.",
  roles: ["read"],
  path: CountryPath,
  query: PlanQuery,
  answer: TaxRates,
  errors: ["not_found"],
});

/** Lists tax rates. */
export const listTaxRates = route({
  route: "GET /v1/tax-rates",
  does: "Lists the countries that have tax rates, in their newest versions.",
  roles: ["read"],
  paged: true,
  answer: TaxRates,
  errors: [],
});
