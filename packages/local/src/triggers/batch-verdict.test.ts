import { describe, expect, test } from "vitest";
import type { Outcome } from "../run/messages.ts";
import { batchVerdict } from "./batch-verdict.ts";

const ids = ["a", "b", "c"];
const returned = (payload: unknown): Outcome => ({ ok: true, payload });
const items = (...identifiers: unknown[]) => ({ batchItemFailures: identifiers.map((id) => ({ itemIdentifier: id })) });

describe("batchVerdict", () => {
  test.for([
    { why: "no answer", payload: null, kind: "done" },
    { why: "an empty answer", payload: {}, kind: "done" },
    { why: "no list", payload: { batchItemFailures: null }, kind: "done" },
    { why: "an empty list", payload: items(), kind: "done" },
    { why: "one of the batch", payload: items("b"), kind: "partly" },
    { why: "an empty identifier", payload: items("b", ""), kind: "failed" },
    { why: "a null identifier", payload: items(null), kind: "failed" },
    { why: "an identifier of another batch", payload: items("z"), kind: "failed" },
    { why: "an item without an identifier", payload: { batchItemFailures: [{ id: "a" }] }, kind: "failed" },
    { why: "a list that is none", payload: { batchItemFailures: "a" }, kind: "failed" },
  ])("is $kind after $why", ({ payload, kind }) => {
    expect(batchVerdict(returned(payload), ids, true).kind).toBe(kind);
  });

  test("names the items that failed", () => {
    expect(batchVerdict(returned(items("c", "a", "c")), ids, true)).toEqual({
      kind: "partly",
      failed: new Set(["a", "c"]),
    });
  });

  test("reads no list where the trigger does not report items", () => {
    expect(batchVerdict(returned(items("a")), ids, false)).toEqual({ kind: "done" });
  });

  test("is failed when the function failed", () => {
    const outcome: Outcome = { ok: false, error: { errorType: "Error", errorMessage: "x" } };
    expect(batchVerdict(outcome, ids, true)).toEqual({ kind: "failed" });
  });
});
