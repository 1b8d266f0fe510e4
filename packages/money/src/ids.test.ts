import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyCharacter } from "./any-character.fixture.ts";
import { customerId, idPattern, isIdBytes, merchantId, parseCustomerId, parseMerchantId } from "./ids.ts";
import { err, ok } from "./result.ts";

const readers = [
  { of: "customers", parse: parseCustomerId, take: customerId },
  { of: "merchants", parse: parseMerchantId, take: merchantId },
] as const;

describe.for(readers)("ids of $of", ({ parse, take }) => {
  test.for([
    { id: "a", why: "one character" },
    { id: "x".repeat(128), why: "128 characters" },
    { id: "AbC_1.2:3@x-y", why: "every kind of character" },
  ])("take $id: $why", ({ id }) => {
    expect(parse(id)).toEqual(ok(id));
    expect(take(id)).toBe(id);
  });

  test.for([
    { id: "", why: "empty" },
    { id: "x".repeat(129), why: "129 characters" },
    { id: "a#b", why: "the separator of keys" },
    { id: "a/b", why: "a slash" },
    { id: "a b", why: "a blank" },
    { id: "a\n", why: "a line break at the end" },
    { id: "a\u0000", why: "NUL" },
    { id: "é", why: "a letter that has two forms" },
    { id: "\ud800", why: "half a character" },
    { id: "\u202ea", why: "right to left" },
  ])("refuse $id: $why", ({ id }) => {
    expect(parse(id)).toEqual(err({ code: "invalid_id", id: id.slice(0, 128) }));
    expect(() => take(id)).toThrow();
  });

  test("never fold: two texts are two ids", () => {
    const ids = fc.stringMatching(/^[A-Za-z0-9_.:@-]{1,128}$/);
    fc.assert(
      fc.property(ids, (id) => {
        expect(parse(id)).toEqual(ok(id));
      }),
      { numRuns: 50, seed: 6 },
    );
  });
});

describe("ids as bytes", () => {
  test("are told from other bytes as their texts are", () => {
    const texts = fc.oneof(
      fc.string({ unit: anyCharacter, maxLength: 4 }),
      fc.string({ unit: fc.constantFrom(..."aZ09_.:@-"), maxLength: 130 }),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const bytes = Buffer.from(`-${text}-`);
        expect(isIdBytes(bytes, 1, bytes.length - 1)).toBe(idPattern.test(text));
      }),
      { numRuns: 500, seed: 1 },
    );
  });

  test.for([
    [0, false],
    [1, true],
    [128, true],
    [129, false],
  ] as const)("of %i letters: %o", ([length, known]) => {
    expect(isIdBytes(Buffer.alloc(length, "a"), 0, length)).toBe(known);
  });
});
