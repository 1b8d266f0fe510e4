import { anyCharacter } from "@farthing/money/any-character";
import fc from "fast-check";
import { expect, test } from "vitest";
import { invoiceId, parseInvoiceId } from "./invoice-id.ts";

const nearly = fc.stringMatching(/^(inv_)?.{0,8}_?[0-9]{0,11}_?[A-Za-z]{0,4}\n?$/);

test("any text is no invoice's id, or the only one of what it names", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({ unit: anyCharacter }), nearly), (text) => {
      const name = parseInvoiceId(text);
      if (name !== undefined) expect(invoiceId(name)).toBe(text);
    }),
    { numRuns: 20_000, seed: 1 },
  );
});
