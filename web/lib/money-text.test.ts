import { expect, test } from "vitest";
import { moneyParts, moneyText } from "./money-text.ts";

test.for([
  { value: "4.2472554466", currency: "USD", text: "4.2472554466 USD", why: "sub-cent digits stay" },
  { value: "4", currency: "USD", text: "4.00 USD", why: "cents are padded" },
  { value: "0.000001", currency: "USD", text: "0.000001 USD", why: "a tiny price is written in full" },
  { value: "-1234.5", currency: "EUR", text: "−1,234.50 EUR", why: "a true minus sign" },
  { value: "120", currency: "JPY", text: "120 JPY", why: "yen have no decimals" },
  { value: "120.25", currency: "JPY", text: "120.25 JPY", why: "but exact amounts in yen may" },
  { value: "1.5", currency: "KWD", text: "1.500 KWD", why: "dinars have three" },
  { value: "1", currency: "credits", text: "1.00 credits", why: "not an ISO code" },
])("$text: $why", ({ value, currency, text }) => {
  expect(moneyText(value, currency)).toBe(text);
});

test("moneyParts tells cents from what lies below them", () => {
  expect(moneyParts("4.2472554466", "USD")).toEqual({ units: "4", minor: "24", below: "72554466" });
});
