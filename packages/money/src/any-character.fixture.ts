import fc from "fast-check";

const upTo = (last: number) => fc.integer({ min: 0, max: last });

/**
 * Any character but halves of surrogates, of each size in UTF-8 often. The unit `binary` of fast-check is the same, and takes
 * seconds to make.
 */
export const anyCharacter: fc.Arbitrary<string> = fc
  .oneof(upTo(0x7f), upTo(0x7ff), upTo(0xffff), upTo(0x10ffff))
  .map((code) => String.fromCodePoint(code >= 0xd800 && code <= 0xdfff ? code - 0xd800 : code));
