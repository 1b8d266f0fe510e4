import { expect, test } from "vitest";
import { charged } from "./models.fixture.ts";

const tiers = [
  { upTo: "100", amount: "10" },
  { upTo: "200", amount: "20" },
  { upTo: null, amount: "30" },
];
const capacity = { model: "capacity", tiers };

test.for([
  { quantity: "0", charge: "0", why: "no usage reaches no tier" },
  { quantity: "0.1", charge: "10", why: "any usage reaches the first" },
  { quantity: "100", charge: "10", why: "a tier takes its own bound" },
  { quantity: "100.1", charge: "20", why: "the highest tier reached is charged, alone" },
  { quantity: "1e9", charge: "30", why: "the last tier is open" },
  { quantity: "-150", charge: "-20", why: "usage given back takes its tier back" },
])("capacity charges $charge for $quantity: $why", ({ quantity, charge }) => {
  expect(charged(capacity, quantity)).toBe(charge);
});
