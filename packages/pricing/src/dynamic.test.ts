import { expect, test } from "vitest";
import { charged } from "./models.fixture.ts";

const dynamic = { model: "dynamic" };

test.for([
  { price: dynamic, quantity: "0", charge: "0", why: "no amount came" },
  { price: dynamic, quantity: "9.12", charge: "9.12", why: "the events say the amount" },
  { price: dynamic, quantity: "-1.5", charge: "-1.5", why: "also one below nought" },
  { price: dynamic, quantity: "0.0000000000005", charge: "0", why: "half a pico rounds to the even nought" },
  { price: { ...dynamic, multiplier: "0.01" }, quantity: "912", charge: "9.12", why: "in cents" },
  { price: { ...dynamic, multiplier: "1.3", discount: "0.5" }, quantity: "10", charge: "6.5", why: "with a discount" },
])("dynamic charges $charge for $quantity: $why", ({ price, quantity, charge }) => {
  expect(charged(price, quantity)).toBe(charge);
});
