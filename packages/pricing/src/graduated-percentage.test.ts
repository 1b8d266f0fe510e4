import { expect, test } from "vitest";
import { charged } from "./models.fixture.ts";

const tiers = [
  { upTo: "1000", rate: "0.01", fixed: "200" },
  { upTo: "10000", rate: "0.02", fixed: "300" },
  { upTo: null, rate: "0.03", fixed: "400" },
];
const price = { model: "graduated_percentage", tiers };

test.for([
  { quantity: "0", charge: "0", why: "no sum enters no tier" },
  { quantity: "1000", charge: "210", why: "a tier takes its own bound" },
  { quantity: "1000.01", charge: "510.0002", why: "a fixed part is paid as its tier is entered" },
  { quantity: "5050", charge: "591", why: "each tier has its own rate" },
  { quantity: "20000", charge: "1390", why: "the last tier is open" },
  { quantity: "-5050", charge: "-591", why: "a sum below nought is a credit of the same size" },
])("graduated_percentage charges $charge on $quantity: $why", ({ quantity, charge }) => {
  expect(charged(price, quantity)).toBe(charge);
});
