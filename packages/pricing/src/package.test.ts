import { expect, test } from "vitest";
import { charged } from "./models.fixture.ts";

const tens = { model: "package", size: "10", amount: "1.5" };

test.for([
  { price: tens, quantity: "0", charge: "0", why: "no package is begun" },
  { price: tens, quantity: "0.001", charge: "1.5", why: "one that is begun counts whole" },
  { price: tens, quantity: "10", charge: "1.5", why: "a full one counts once" },
  { price: tens, quantity: "10.0000001", charge: "3", why: "a little more begins the next" },
  { price: tens, quantity: "-11", charge: "-3", why: "packages given back are whole as well" },
  { price: { ...tens, size: "0.3" }, quantity: "1", charge: "6", why: "sizes are decimals: four of 0.3" },
  { price: { ...tens, freeUnits: "5" }, quantity: "15", charge: "1.5", why: "packages begin after what is free" },
])("package charges $charge for $quantity: $why", ({ price, quantity, charge }) => {
  expect(charged(price, quantity)).toBe(charge);
});
