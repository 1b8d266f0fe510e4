import { customerId } from "@farthing/money";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseProgress, progressText, type ReportProgress } from "./report-progress.ts";

const count = fc.nat();
const progress: fc.Arbitrary<ReportProgress> = fc.record({
  after: fc.stringMatching(/^[a-z0-9]{1,40}$/).map(customerId),
  accepted: count,
  quarantined: count,
  counts: fc.record({
    billed: count,
    free: count,
    duplicate: count,
    conflict: count,
    unmetered: count,
    voided: count,
    open: count,
  }),
});

test("a progress is read as it was written", () => {
  fc.assert(
    fc.property(progress, (one) => {
      expect(parseProgress(progressText(one))).toEqual(one);
    }),
  );
});

test("any other text is no progress", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      expect(() => parseProgress(text)).toThrow();
    }),
  );
});
