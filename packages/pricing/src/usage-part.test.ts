import { describe, expect, test } from "vitest";
import { isMetered, partsOf } from "./index.ts";
import { chargedByPart, priceOf } from "./models.fixture.ts";

const matrix = {
  model: "matrix",
  dimensions: ["model", "region"],
  cells: [
    { match: { model: "large", region: "*" }, unitPrice: "3" },
    { match: { region: "eu" }, unitPrice: "2" },
    { match: { model: "large", region: "eu" }, unitPrice: "5" },
  ],
};
const usage = [
  { values: { model: "large", region: "eu" }, quantity: "1" },
  { values: { model: "large", region: "us" }, quantity: "2" },
  { values: { model: "small", region: "eu" }, quantity: "3" },
  { values: { model: "small", region: "us" }, quantity: "4" },
];

describe("partsOf a matrix", () => {
  test.for([
    {
      price: matrix,
      charges: { "k#1": "6", "k#2": "6", "k#3": "5" },
      why: "the closest cell takes usage, of equals the first; the rest is free",
    },
    {
      price: { ...matrix, otherwise: "0.1", per: "2" },
      charges: { "k#1": "3", "k#2": "3", "k#3": "2.5", "k#otherwise": "0.2" },
      why: "what no cell takes costs otherwise",
    },
    {
      price: { ...matrix, freeUnits: "1", maximum: "2.5", discount: "0.5", minimum: "100" },
      charges: { "k#1": "1.5", "k#2": "2", "k#3": "0" },
      why: "terms hold for each cell, the minimum for the matrix",
    },
    {
      price: { ...matrix, otherwise: "1", group: { model: "small" } },
      charges: { "k#1": "0", "k#2": "6", "k#3": "0", "k#otherwise": "4" },
      why: "a group narrows all cells",
    },
    {
      price: { ...matrix, cells: [{ match: { region: "*" }, unitPrice: "1" }], otherwise: "7" },
      charges: { "k#1": "10", "k#otherwise": "0" },
      why: "a wildcard takes any value",
    },
  ])("charges $charges: $why", ({ price, charges }) => {
    expect(chargedByPart(price, usage)).toEqual(charges);
  });

  test("shows what each cell is for", () => {
    const price = { ...priceOf({ ...matrix, otherwise: "1", group: { tier: "a" } }), key: "k" };
    expect(isMetered(price) && partsOf(price).map(({ key, group }) => [key, group])).toEqual([
      ["k#1", { tier: "a", model: "large" }],
      ["k#2", { tier: "a", region: "eu" }],
      ["k#3", { tier: "a", model: "large", region: "eu" }],
      ["k#otherwise", { tier: "a" }],
    ]);
  });
});

test("any other price is one part, of its own key and group", () => {
  const price = { ...priceOf({ model: "per_unit", unitPrice: "1", group: { region: "eu" } }), key: "k" };
  const parts = isMetered(price) ? partsOf(price) : [];
  expect(parts).toMatchObject([{ key: "k", meter: "m", group: { region: "eu" } }]);
  expect([parts[0]?.takes({ region: "eu" }), parts[0]?.takes({ region: "us" })]).toEqual([true, false]);
});
