import { decimal, formatDecimal } from "@farthing/money";
import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { Convert, convertQuantity } from "./convert.ts";

const converted = (quantity: string, convert: unknown) =>
  formatDecimal(convertQuantity(decimal(quantity), convert === undefined ? undefined : v.parse(Convert, convert)));

describe("convertQuantity", () => {
  const gb = { by: "1000000000", op: "divide" };
  test.for([
    { quantity: "7", convert: undefined, value: "7", why: "nothing to convert" },
    { quantity: "1500000000", convert: gb, value: "1.5", why: "no rounding where none is named" },
    { quantity: "1500000000", convert: { ...gb, round: "none" }, value: "1.5", why: "nor for none" },
    { quantity: "1500000001", convert: { ...gb, round: "up" }, value: "2", why: "up to the next whole unit" },
    { quantity: "2000000000", convert: { ...gb, round: "up" }, value: "2", why: "a whole unit stays" },
    { quantity: "1999999999", convert: { ...gb, round: "down" }, value: "1", why: "down" },
    {
      quantity: "2500000000",
      convert: { ...gb, round: "half_even" },
      value: "2",
      why: "a half to the even unit below",
    },
    {
      quantity: "3500000000",
      convert: { ...gb, round: "half_even" },
      value: "4",
      why: "a half to the even unit above",
    },
    { quantity: "-1", convert: { ...gb, round: "up" }, value: "-1", why: "up is away from nought" },
    { quantity: "0", convert: { ...gb, round: "up" }, value: "0", why: "nothing stays nothing" },
    { quantity: "1.25", convert: { by: "60", op: "multiply" }, value: "75", why: "multiplied" },
    {
      quantity: "1.26",
      convert: { by: "60", op: "multiply", round: "up" },
      value: "76",
      why: "multiplied, then rounded",
    },
    { quantity: "1", convert: { by: "3", op: "divide" }, value: `0.${"3".repeat(30)}`, why: "thirty decimals" },
    { quantity: "1", convert: { by: "0.5", op: "divide", round: "down" }, value: "2", why: "by less than one" },
  ])("makes $value of $quantity: $why", ({ quantity, convert, value }) => {
    expect(converted(quantity, convert)).toBe(value);
  });

  test.for([{ by: "0", op: "divide" }, { by: "-1", op: "divide" }, { by: "2", op: "add" }, { by: "2" }])(
    "refuses %j",
    (convert) => {
      expect(v.safeParse(Convert, convert).success).toBe(false);
    },
  );

  test("rounds up to no less, and down to no more", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.bigInt({ min: 1n, max: 10n ** 6n }), (n, by) => {
        const of = (round: string) => BigInt(converted(String(n), { by: String(by), op: "divide", round }));
        expect(of("down")).toBe(n / by);
        expect(of("up")).toBe((n + by - 1n) / by);
        expect([of("down"), of("up")]).toContain(of("half_even"));
      }),
      { seed: 1 },
    );
  });
});
