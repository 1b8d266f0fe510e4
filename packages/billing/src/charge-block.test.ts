import { decimal, type Picos } from "@farthing/money";
import fc from "fast-check";
import { expect, test } from "vitest";
import { packBlock, unpackBlock, type WrittenCharge } from "./charge-block.ts";

const charge: fc.Arbitrary<WrittenCharge> = fc.record({
  place: fc.record({ hour: fc.integer({ min: -1, max: 600_000 }), row: fc.nat(), line: fc.nat(5_000) }),
  entry: fc.nat(),
  row: fc.nat(),
  quantity: fc.constantFrom("0", "-1", "0.000000000001", "123456789012345678901234567890").map(decimal),
  amount: fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }).map((picos) => picos as Picos),
});

test("a block reads back as it was packed", () => {
  fc.assert(
    fc.property(fc.array(charge), (charges) => {
      expect(unpackBlock(packBlock(charges))).toEqual(charges);
    }),
  );
});

test("a thousand charges that are alike take a few bytes each at most", () => {
  const charges = Array.from({ length: 1000 }, (_, at) => ({
    place: { hour: 490_000, row: at, line: 0 },
    entry: 7,
    row: at,
    quantity: decimal(at % 3 === 0 ? "1" : "0"),
    amount: BigInt(at % 3 === 0 ? 400_000_000 : 0) as Picos,
  }));
  expect(packBlock(charges).byteLength).toBeLessThan(2_000);
});
