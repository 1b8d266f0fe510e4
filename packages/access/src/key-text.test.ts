import { anyCharacter } from "@farthing/money/any-character";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hashOf, keyBytes, keyText, parseKeyText } from "./key-text.ts";

const random = fc.uint8Array({ minLength: keyBytes, maxLength: keyBytes });
const known = keyText("test", new Uint8Array(keyBytes).fill(7));

describe("parseKeyText", () => {
  test("takes what keyText makes", () => {
    fc.assert(
      fc.property(random, fc.constantFrom("live" as const, "test" as const), (bytes, environment) => {
        const text = keyText(environment, bytes);
        expect(text).toMatch(/^frt_(live|test)_[0-9A-Za-z]{22}_[0-9A-Za-z]{6}$/);
        expect(parseKeyText(text)).toEqual({ ok: true, value: text });
      }),
    );
  });

  test("refuses each key with one character changed", () => {
    fc.assert(
      fc.property(fc.nat(known.length - 1), fc.constantFrom(..."0Aaz_9 é".split("")), (index, character) => {
        const changed = known.slice(0, index) + character + known.slice(index + 1);
        expect(parseKeyText(changed).ok).toBe(changed === known);
      }),
    );
  });

  test.for([
    { text: "", why: "nothing" },
    { text: "frt_test_", why: "a beginning" },
    { text: ` ${known}`, why: "a space before" },
    { text: `${known}\n`, why: "a line end after" },
    { text: known.replace("frt_test", "frt_live"), why: "the environment is under the checksum" },
    { text: known.replace("frt_test", "frt_prod"), why: "an unknown environment" },
    { text: known.toLowerCase(), why: "letters folded" },
    { text: known + known, why: "twice" },
  ])("refuses $why", ({ text }) => {
    expect(parseKeyText(text)).toEqual({ ok: false, error: { code: "malformed_key" } });
  });

  test("survives any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 80 }), (text) => {
        expect(parseKeyText(text).ok).toBe(false);
      }),
    );
  });
});

test("a key's hash tells neither the key nor its neighbours", () => {
  expect(hashOf(known)).toMatch(/^[\w-]{43}$/);
  expect(hashOf(known)).not.toBe(hashOf(keyText("test", new Uint8Array(keyBytes).fill(8))));
});
