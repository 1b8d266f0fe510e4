import { type MerchantId, ok, type Result } from "@farthing/money";
import * as v from "valibot";
import type { TextStores } from "./coupons.ts";
import { PartText } from "./decimal-text.ts";
import type { NotFound } from "./get-plan.ts";
import { jsonOf } from "./json-of.ts";
import { KeyText } from "./model.ts";
import { findText, putText, type VersionedText, type VersionedTexts } from "./versioned-text.ts";

/** A country's code of two letters. Source: ISO 3166-1. */
export const CountryText = v.pipe(
  v.string(),
  v.regex(/^[A-Z]{2}$/, "A country has two capital letters, as in ISO 3166."),
);

const RateBody = v.strictObject({
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(60), v.regex(/^[^\p{Cc}]*$/u, "A name is one line.")),
  /** A share: "0.19" is 19 percent. */
  rate: PartText,
  meters: v.exactOptional(v.pipe(v.array(KeyText), v.minLength(1), v.maxLength(100))),
});

/** What a merchant says of a country's taxes: the first rate that is for a line's meter, or for all, is the line's. */
export const TaxRatesBody = v.strictObject({
  inclusive: v.exactOptional(v.boolean()),
  rates: v.pipe(v.array(RateBody), v.minLength(1), v.maxLength(20)),
});

/** What a merchant says of a country's taxes. */
export type TaxRatesBody = v.InferOutput<typeof TaxRatesBody>;

/** The path of a country's tax routes. */
export const CountryPath = v.strictObject({ country: CountryText });

/** One version of a country's tax rates; it never changes. */
export interface TaxRates extends TaxRatesBody {
  readonly country: string;
  readonly version: number;
}

/** A version of a country's tax rates as the API shows it. */
export interface TaxRatesDocument {
  readonly country: string;
  readonly version: number;
  readonly inclusive: boolean;
  readonly rates: readonly { readonly name: string; readonly rate: string; readonly meters?: readonly string[] }[];
  readonly createdAt: string;
}

/** Stores a country's rates: other content than the newest version's makes the next version. */
export async function putTaxRates(
  stores: TextStores,
  { merchant, country, body }: { readonly merchant: MerchantId; readonly country: string; readonly body: TaxRatesBody },
): Promise<Result<TaxRatesDocument, never>> {
  const { inclusive = false, rates } = body;
  const text = JSON.stringify(jsonOf({ inclusive, rates }));
  return ok(documentOf(await putText(stores, { merchant, kind: "tax", key: country }, text)));
}

/** Shows a country's rates, in their newest version or in a named one. Errors: `not_found`. */
export async function getTaxRates(
  { texts }: Pick<TextStores, "texts">,
  {
    merchant,
    country,
    version,
  }: { readonly merchant: MerchantId; readonly country: string; readonly version?: number | undefined },
): Promise<Result<TaxRatesDocument, NotFound>> {
  const found = await findText(texts, { merchant, kind: "tax", key: country }, version);
  return found.ok ? ok(documentOf(found.value)) : found;
}

/** Lists the countries that have rates, in their newest versions. */
export async function listTaxRates(
  { texts }: Pick<TextStores, "texts">,
  { merchant, ...page }: { readonly merchant: MerchantId; readonly limit: number; readonly after?: string | undefined },
): Promise<Result<{ readonly items: readonly TaxRatesDocument[]; readonly next?: string }, never>> {
  const { items, next } = await texts.texts({ merchant, kind: "tax" }, page);
  return ok({ items: items.map(documentOf), ...(next === undefined ? {} : { next }) });
}

/** Where tax rates are read from. */
export interface TaxTables {
  /** The newest version of a country's rates. */
  currentRates(merchant: MerchantId, country: string): Promise<TaxRates | undefined>;
}

/** Reads tax rates from versioned texts. */
export function taxTablesIn(texts: VersionedTexts): TaxTables {
  return {
    currentRates: async (merchant, key) => {
      const found = await texts.currentText({ merchant, kind: "tax", key });
      return found === undefined ? undefined : ratesOf(found);
    },
  };
}

function ratesOf({ key, version, text }: VersionedText): TaxRates {
  return { ...v.parse(TaxRatesBody, JSON.parse(text)), country: key, version };
}

function documentOf({ key, version, text, createdAt }: VersionedText): TaxRatesDocument {
  // The text is canonical JSON of what was parsed, decimals as text.
  const said: Pick<TaxRatesDocument, "inclusive" | "rates"> = JSON.parse(text);
  return { country: key, version, ...said, createdAt: new Date(createdAt).toISOString() };
}
