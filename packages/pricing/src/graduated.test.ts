import { describe, expect, test } from "vitest";
import { charged } from "./models.fixture.ts";

const tiers = [
  { upTo: "1000", unitPrice: "0" },
  { upTo: "10000", unitPrice: "0.002", flat: "5" },
  { upTo: null, unitPrice: "0.001" },
];
const graduated = { model: "graduated", tiers };

describe("graduated", () => {
  test.for([
    { quantity: "0", charge: "0", why: "nothing was used" },
    { quantity: "1000", charge: "0", why: "a tier takes its own bound" },
    {
      quantity: "1000.001",
      charge: "5.000002",
      why: "a fraction past the bound is in the next tier, and pays its fee",
    },
    { quantity: "1001", charge: "5.002", why: "a fee is paid once" },
    { quantity: "10000", charge: "23", why: "the second tier is full" },
    { quantity: "10000.5", charge: "23.0005", why: "the last tier is open" },
    { quantity: "1e20", charge: "100000000000000013", why: "it has no end" },
    { quantity: "-1000", charge: "0", why: "free usage gives nothing back" },
    { quantity: "-1001", charge: "-5.002", why: "usage given back is a credit of the same size" },
  ])("charges $charge for $quantity: $why", ({ quantity, charge }) => {
    expect(charged(graduated, quantity)).toBe(charge);
  });

  const feeFirst = { model: "graduated", tiers: [{ upTo: null, unitPrice: "0.5", flat: "2" }] };
  test.for([
    { price: feeFirst, quantity: "0", charge: "0", why: "no usage enters no tier" },
    { price: feeFirst, quantity: "1", charge: "2.5", why: "the first unit pays the fee" },
    { price: { ...feeFirst, chargeZero: true }, quantity: "0", charge: "2", why: "the price charges without usage" },
    { price: { ...feeFirst, chargeZero: true }, quantity: "1", charge: "2.5", why: "and not twice with it" },
    { price: { ...feeFirst, chargeZero: true }, quantity: "-1", charge: "1.5", why: "the fee stays owed" },
    { price: { ...feeFirst, per: "3" }, quantity: "1", charge: "2.166666666667", why: "it rounds once, on the total" },
    { price: { ...feeFirst, per: "3" }, quantity: "3", charge: "2.5", why: "nothing rounded before" },
    {
      price: { ...graduated, freeUnits: "9000" },
      quantity: "10500",
      charge: "6",
      why: "tiers begin after what is free",
    },
    { price: { ...graduated, per: "1000000" }, quantity: "1001", charge: "5.000000002", why: "a fee is not divided" },
  ])("charges $charge for $quantity: $why", ({ price, quantity, charge }) => {
    expect(charged(price, quantity)).toBe(charge);
  });
});
