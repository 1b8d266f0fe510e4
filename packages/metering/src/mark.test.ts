import fc from "fast-check";
import { expect, test } from "vitest";
import type { BundleDigest } from "./codec/bundle.ts";
import type { Hour } from "./hour.ts";
import { markOf } from "./mark.ts";

const named = fc.record({
  hour: fc.integer({ min: 0, max: 3 }).map((hour) => hour as Hour),
  digest: fc.stringMatching(/^[a-c]{2}$/).map((text) => text as BundleDigest),
});
const bundles = fc.uniqueArray(named, { selector: ({ hour, digest }) => `${hour}/${digest}`, maxLength: 8 });

test("the same bundles make the same mark, in any order", () => {
  fc.assert(
    fc.property(
      bundles.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
      ([all, shuffled]) => {
        expect(markOf(shuffled)).toEqual(markOf(all));
        expect(new Set(markOf(all).bundles)).toEqual(new Set(all));
      },
    ),
    { seed: 1 },
  );
});

test("other bundles make another mark", () => {
  fc.assert(
    fc.property(bundles, bundles, (a, b) => {
      const text = (all: typeof a) => JSON.stringify(markOf(all).bundles);
      expect(markOf(a).id === markOf(b).id).toBe(text(a) === text(b));
    }),
    { seed: 2 },
  );
});
