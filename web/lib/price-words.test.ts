import type { Price } from "@farthing/sdk";
import { expect, test } from "vitest";
import { priceSteps, priceTerms } from "./price-words.ts";

const words = (price: Price): readonly string[] => [
  ...priceSteps(price, "USD").map(({ scope, amount, share, note }) =>
    [scope, amount, share, note].filter((part) => part !== undefined).join(" | "),
  ),
  ...priceTerms(price, "USD"),
];

const on = { meter: "m" } as const;
const tiers = [
  { upTo: "1000", unitPrice: "0.02", flat: "5" },
  { upTo: null, unitPrice: "0.01" },
];
const cases: readonly { readonly price: Price; readonly says: readonly string[] }[] = [
  { price: { ...on, model: "per_unit", unitPrice: "0.0004" }, says: ["0.0004 | per unit"] },
  { price: { ...on, model: "per_unit", unitPrice: "0.15", per: "1000000" }, says: ["0.15 | per 1,000,000"] },
  { price: { model: "flat", amount: "5", timing: "in_arrears" }, says: ["5 | in arrears"] },
  { price: { model: "flat", amount: "5", timing: "in_advance" }, says: ["5 | in advance"] },
  {
    price: { ...on, model: "graduated", tiers, chargeZero: true },
    says: ["up to 1,000 | 0.02 | per unit + 5.00 USD", "above 1,000 | 0.01 | per unit", "first fee owed without usage"],
  },
  { price: { ...on, model: "volume", tiers: tiers.slice(1), per: "10" }, says: ["all | 0.01 | per 10"] },
  {
    price: {
      ...on,
      model: "package",
      size: "1000",
      amount: "2",
      freeUnits: "500",
      discount: "0.125",
      minimum: "1",
      maximum: "9",
    },
    says: ["2 | for each 1,000 begun", "500 units free", "12.5 % off", "at least 1.00 USD", "at most 9.00 USD"],
  },
  {
    price: {
      ...on,
      ...{ model: "percentage", rate: "0.029", fixed: "0.3", freeUnits: "3", freeAmount: "250" },
      ...{ minimum: "0.5", maximum: "12", periodMinimum: "20", periodMaximum: "90" },
    },
    says: [
      "2.9 % | of each transaction + 0.30 USD",
      "3 transactions free",
      "free up to 250.00 USD",
      "each at least 0.50 USD",
      "each at most 12.00 USD",
      "at least 20.00 USD",
      "at most 90.00 USD",
    ],
  },
  {
    price: {
      ...on,
      model: "graduated_percentage",
      tiers: [
        { upTo: "10", rate: "1", fixed: "2" },
        { upTo: null, rate: "0.0005" },
      ],
    },
    says: ["up to 10 | 100 % | of the sum + 2.00 USD", "above 10 | 0.05 % | of the sum"],
  },
  {
    price: {
      ...on,
      model: "capacity",
      tiers: [
        { upTo: "10", amount: "1" },
        { upTo: null, amount: "2" },
      ],
    },
    says: ["up to 10 | 1 | in all", "above 10 | 2 | in all"],
  },
  {
    price: {
      ...on,
      ...{ model: "matrix", dimensions: ["model", "region"], otherwise: "3" },
      cells: [{ match: { model: "large", region: "*" }, unitPrice: "1" }],
    },
    says: ["model large, any region | 1 | per unit", "otherwise | 3 | per unit"],
  },
  {
    price: { ...on, model: "per_unit", unitPrice: "1", convert: { by: "1000", op: "divide", round: "up" } },
    says: ["1 | per unit", "usage ÷ 1,000, rounded up"],
  },
  {
    price: { ...on, model: "per_unit", unitPrice: "1", convert: { by: "60", op: "multiply" } },
    says: ["1 | per unit", "usage × 60"],
  },
  { price: { ...on, model: "dynamic" }, says: ["as events say"] },
  { price: { ...on, model: "dynamic", multiplier: "1.5" }, says: ["1.5 × what events say"] },
];

test.for(cases)("$price.model says $says", ({ price, says }) => {
  expect(words(price)).toEqual(says);
});
