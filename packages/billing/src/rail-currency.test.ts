import { currency, currencyCodes, minorDigits, minorUnit, picos, picosFrom } from "@farthing/money";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromRail, stripeCurrencies as rail, toRail } from "./rail-currency.ts";

describe("toRail", () => {
  test.for([
    { code: "USD", amount: "0.50", count: 50n, why: "the minimum itself is charged" },
    { code: "USD", amount: "12.34", count: 1234n, why: "cents" },
    { code: "JPY", amount: "500", count: 500n, why: "no decimals" },
    { code: "KRW", amount: "1", count: 1n, why: "no minimum is known" },
    { code: "MGA", amount: "10", count: 10n, why: "two digits by ISO 4217, none here" },
    { code: "ISK", amount: "5", count: 500n, why: "none by ISO 4217, two here" },
    { code: "UGX", amount: "5", count: 500n, why: "none by ISO 4217, two here" },
    { code: "KWD", amount: "5.12", count: 5120n, why: "the last of three digits is nought" },
    { code: "HUF", amount: "175", count: 17_500n, why: "two decimals, of which payouts alone have none" },
  ])("writes $amount $code as $count: $why", ({ code, amount, count }) => {
    expect(toRail(rail, picos(amount), currency(code))).toEqual({ ok: true, value: count });
    expect(fromRail(rail, count, currency(code))).toBe(picos(amount));
  });

  test.for([
    { code: "USD", amount: "0.49", error: { code: "below_minimum", minimum: "0.5" } },
    { code: "JPY", amount: "49", error: { code: "below_minimum", minimum: "50" } },
    { code: "GBP", amount: "0.29", error: { code: "below_minimum", minimum: "0.3" } },
    { code: "MGA", amount: "10.20", error: { code: "amount_not_representable" } },
    { code: "KWD", amount: "5.124", error: { code: "amount_not_representable" } },
    { code: "USD", amount: "0.005", error: { code: "amount_not_representable" } },
  ])("refuses $amount $code", ({ code, amount, error }) => {
    expect(toRail(rail, picos(amount), currency(code))).toEqual({ ok: false, error });
  });

  test("loses nothing in any currency", () => {
    fc.assert(
      fc.property(fc.constantFrom(...currencyCodes()), fc.bigInt({ min: 1n, max: 10n ** 12n }), (code, units) => {
        const amount = picosFrom(units * minorUnit(currency(code)));
        const written = toRail(rail, amount, currency(code));
        if (written.ok) expect(fromRail(rail, written.value, currency(code))).toBe(amount);
        else expect(["below_minimum", "amount_not_representable"]).toContain(written.error.code);
      }),
    );
  });

  test("differs from ISO 4217 in what the documentation names, and nowhere else", () => {
    const others = Object.entries(rail.digits).filter(([code, digits]) => digits !== minorDigits(currency(code)));
    expect(others.map(([code]) => code).sort()).toEqual(["ISK", "MGA", "UGX"]);
  });
});
