import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { base62 } from "./base62.ts";

describe("base62", () => {
  test.for([
    { bytes: [0], length: 3, text: "000" },
    { bytes: [61], length: 1, text: "z" },
    { bytes: [62], length: 2, text: "10" },
    { bytes: [62], length: 1, text: "0" },
    { bytes: [255, 255, 255, 255], length: 6, text: "4gfFC3" },
  ])("writes $bytes in $length digits as $text", ({ bytes, length, text }) => {
    expect(base62(new Uint8Array(bytes), length)).toBe(text);
  });

  test("sorts as its numbers do", () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (a, b) => {
        const text = (n: number) => base62(new Uint8Array([n >>> 24, n >>> 16, n >>> 8, n]), 6);
        expect(text(a) < text(b)).toBe(a < b);
      }),
    );
  });
});
