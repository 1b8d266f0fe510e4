import { currency, currencyCodes, customerId } from "@farthing/money";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { invoiceId, parseInvoiceId } from "./invoice-id.ts";

const names = fc.record({
  customer: fc.stringMatching(/^[A-Za-z0-9_.:@-]{1,128}$/).map(customerId),
  seal: fc.integer({ min: 1, max: 999_999_999 }),
  currency: fc.constantFrom(...currencyCodes()).map(currency),
});

describe("an invoice's id", () => {
  test("says where its seal is, and is read back", () => {
    const name = { customer: customerId("a_1_USD"), seal: 12, currency: currency("EUR") };
    expect(invoiceId(name)).toBe("inv_a_1_USD_12_EUR");
    expect(parseInvoiceId("inv_a_1_USD_12_EUR")).toEqual(name);
  });

  test("is read back for any customer, and is no other's", () => {
    fc.assert(
      fc.property(names, names, (a, b) => {
        expect(parseInvoiceId(invoiceId(a))).toEqual(a);
        expect(invoiceId(a) === invoiceId(b)).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
      { seed: 1 },
    );
  });

  test.for([
    { id: "", why: "nothing" },
    { id: "inv_ann_1", why: "no currency" },
    { id: "inv_ann_0_USD", why: "seals count from 1" },
    { id: "inv_ann_01_USD", why: "a number has one form" },
    { id: "inv_ann_1234567890_USD", why: "ten digits" },
    { id: "inv_ann_1_usd", why: "a currency in small letters" },
    { id: "inv_ann_1_XXX", why: "no currency of ISO 4217" },
    { id: "inv__1_USD", why: "no customer" },
    { id: `inv_${"x".repeat(129)}_1_USD`, why: "a customer of 129 characters" },
    { id: "inv_a#b_1_USD", why: "a customer that is none" },
    { id: "inv_a\n_1_USD", why: "a line break" },
    { id: "inv_ann_1_USD\n", why: "a line break at the end" },
    { id: " inv_ann_1_USD", why: "a blank before" },
    { id: "INV_ann_1_USD", why: "another prefix" },
  ])("is not $id: $why", ({ id }) => {
    expect(parseInvoiceId(id)).toBeUndefined();
  });
});
