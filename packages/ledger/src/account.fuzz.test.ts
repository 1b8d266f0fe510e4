import fc from "fast-check";
import { expect, test } from "vitest";
import { accountId, accountTypes, parseAccountId } from "./account.ts";

const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc
    .tuple(
      fc.constantFrom(...accountTypes, "cash", "__proto__"),
      fc.constantFrom("USD", "JPY", "usd", "XXX"),
      fc.string({ unit: "binary" }),
    )
    .map((parts) => parts.join(":")),
);

test("any text is an account written back as it came, or none", () => {
  fc.assert(
    fc.property(text, (id) => {
      const parsed = parseAccountId(id);
      if (parsed !== undefined) expect(accountId(parsed)).toBe(id);
    }),
    { numRuns: 5000 },
  );
});
