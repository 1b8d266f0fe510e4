import type { Connection } from "./connection.ts";
import { getPage, type Page, type PageQuery } from "./page.ts";
import { getJson, putJson } from "./request-json.ts";

/** The taxes of customers in a country: the first rate that names a charge's meter, or none, is the charge's. */
export interface TaxRatesContent {
  /** Whether prices hold the tax already. */
  readonly inclusive?: boolean;
  readonly rates: readonly { readonly name: string; readonly rate: string; readonly meters?: readonly string[] }[];
}

/** A version of a country's tax rates; other content makes another version. */
export interface TaxRates extends TaxRatesContent {
  readonly country: string;
  readonly version: number;
  readonly createdAt: string;
}

/** Tax rates: what customers in a country bear. */
export const taxRateCalls = (connection: Connection) => ({
  /** PUT /v1/tax-rates/{country}. */
  put: (country: string, content: TaxRatesContent): Promise<TaxRates> =>
    putJson(connection, `/v1/tax-rates/${encodeURIComponent(country)}`, content),
  /** GET /v1/tax-rates/{country}. */
  get: (country: string): Promise<TaxRates> => getJson(connection, `/v1/tax-rates/${encodeURIComponent(country)}`),
  /** GET /v1/tax-rates. */
  list: (query: PageQuery = {}): Promise<Page<TaxRates>> => getPage(connection, "/v1/tax-rates", { ...query }),
});
