import { describe, expect, test } from "vitest";
import { currency, currencyCodes, isCurrency, minorDigits } from "./currency.ts";

const intlDigits = (code: string) =>
  new Intl.NumberFormat("en", { style: "currency", currency: code }).resolvedOptions().maximumFractionDigits;

describe("currencies", () => {
  test.for([
    { digits: 0, codes: ["JPY", "KRW", "CLP", "UGX", "XPF", "ISK", "UYI"] },
    { digits: 2, codes: ["USD", "EUR", "HUF", "IDR", "LAK", "MGA", "MRU", "XCG", "ZWG"] },
    { digits: 3, codes: ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"] },
    { digits: 4, codes: ["CLF", "UYW"] },
  ])("$codes have $digits decimals", ({ digits, codes }) => {
    expect(codes.map((code) => minorDigits(currency(code)))).toEqual(codes.map(() => digits));
  });

  test.for(["", "usd", "US", "USDX", "XXX", "XTS", "XAU", "ANG", "CUC", "HRK", "BGN", "SLL", "__proto__", "toString"])(
    "%j is no currency",
    (code) => {
      expect(isCurrency(code)).toBe(false);
      expect(() => currency(code)).toThrow();
    },
  );

  test("are listed once each, in order", () => {
    const codes = currencyCodes();
    expect(codes).toEqual([...new Set(codes)].sort());
    expect(codes.every((code) => /^[A-Z]{3}$/.test(code) && isCurrency(code))).toBe(true);
  });

  test("differ from Intl in these alone, which gives them no decimals", () => {
    const differing = currencyCodes().filter((code) => intlDigits(code) !== minorDigits(currency(code)));
    expect(differing.join(" ")).toBe("AFN ALL COP HUF IDR IQD IRR KPW LAK LBP MGA MMK PKR SOS SYP YER");
    expect(differing.map(intlDigits)).toEqual(differing.map(() => 0));
  });
});
