import { expect, test } from "vitest";
import { charged } from "./models.fixture.ts";

const tiers = [
  { upTo: "100", unitPrice: "2", flat: "10" },
  { upTo: "200", unitPrice: "1" },
  { upTo: null, unitPrice: "0.5", flat: "50" },
];
const volume = { model: "volume", tiers };

test.for([
  { price: volume, quantity: "0", charge: "0", why: "nothing was used" },
  { price: { ...volume, chargeZero: true }, quantity: "0", charge: "10", why: "the price charges without usage" },
  { price: volume, quantity: "100", charge: "210", why: "a tier takes its own bound" },
  { price: volume, quantity: "100.5", charge: "100.5", why: "a fraction past it moves all to the next tier" },
  { price: volume, quantity: "200", charge: "200", why: "more may cost less" },
  { price: volume, quantity: "300", charge: "200", why: "the last tier's fee counts as well" },
  { price: volume, quantity: "-100.5", charge: "-100.5", why: "usage given back is in the same tier" },
  { price: { ...volume, chargeZero: true }, quantity: "-10", charge: "-10", why: "and leaves the fee for none owed" },
  { price: { ...volume, per: "7" }, quantity: "1", charge: "10.285714285714", why: "it rounds once" },
  { price: { ...volume, freeUnits: "50" }, quantity: "150", charge: "210", why: "what is free counts to no tier" },
])("volume charges $charge for $quantity: $why", ({ price, quantity, charge }) => {
  expect(charged(price, quantity)).toBe(charge);
});
