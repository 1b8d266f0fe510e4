import type { Brand } from "./brand.ts";

/** An ISO 4217 code of a currency that money can be charged in. */
export type CurrencyCode = Brand<string, "CurrencyCode">;

/** Text is no currency of ISO 4217's list one. */
export interface UnknownCurrency {
  readonly code: "unknown_currency";
  readonly currency: string;
}

/**
 * Codes by the number of digits of the minor unit.
 *
 * Source: ISO 4217 list one as amended to January 2026; funds, metals and test codes are left out.
 */
const codesByDigits: readonly (readonly [digits: number, codes: string])[] = [
  [0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"],
  [3, "BHD IQD JOD KWD LYD OMR TND"],
  [4, "CLF UYW"],
  [
    2,
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP " +
      "CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES " +
      "KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK " +
      "NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB " +
      "TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG",
  ],
];

const digitsByCode = new Map(
  codesByDigits.flatMap(([digits, codes]) => codes.split(" ").map((code) => [code, digits] as const)),
);

/** Whether a text is the code of a currency. */
export function isCurrency(code: string): code is CurrencyCode {
  return digitsByCode.has(code);
}

/** A currency known to be valid. Errors: throws on any other text. */
export function currency(code: string): CurrencyCode {
  if (!isCurrency(code)) throw new Error("not a currency");
  return code;
}

/** How many decimals the currency's minor unit has. Source: ISO 4217, not Intl, which differs for sixteen currencies. */
export function minorDigits(code: CurrencyCode): number {
  return digitsByCode.get(code) ?? 2;
}

/** Every known currency code. */
export function currencyCodes(): readonly string[] {
  return [...digitsByCode.keys()].sort();
}
