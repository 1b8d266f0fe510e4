import { customerId } from "@farthing/money";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseProgress, progressText, type ReportProgress } from "./report-progress.ts";

const count = fc.nat();
const progress: fc.Arbitrary<ReportProgress> = fc.record({
  of: fc.string(),
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

test("a progress is read as it was written, and for its own report alone", () => {
  fc.assert(
    fc.property(progress, (one) => {
      expect(parseProgress(progressText(one), one.of)).toEqual(one);
      expect(parseProgress(progressText(one), `${one.of}!`)).toBeUndefined();
    }),
  );
});

test("any other text is no progress", () => {
  const json = fc.json().map((text) => Buffer.from(text).toString("base64url"));
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.base64String(), json), (text) => {
      expect(parseProgress(text, "")).toBeUndefined();
    }),
  );
});
