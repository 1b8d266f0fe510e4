import { describe, expect, test } from "vitest";
import { matchesPattern, passesFilters } from "./filter.ts";

const record = {
  eventName: "INSERT",
  dynamodb: { Keys: { pk: { S: "m#acme#0" }, n: { N: "5" } }, SizeBytes: 120, tags: ["a", "b"], nothing: null },
};

const rows: readonly { readonly pattern: unknown; readonly fits: boolean }[] = [
  { pattern: {}, fits: true },
  { pattern: { eventName: ["INSERT"] }, fits: true },
  { pattern: { eventName: ["MODIFY", "INSERT"] }, fits: true },
  { pattern: { eventName: ["REMOVE"] }, fits: false },
  { pattern: { dynamodb: { Keys: { pk: { S: [{ prefix: "m#" }] } } } }, fits: true },
  { pattern: { dynamodb: { Keys: { pk: { S: [{ prefix: "b#" }] } } } }, fits: false },
  { pattern: { dynamodb: { Keys: { pk: { S: [{ suffix: "#0" }] } } } }, fits: true },
  { pattern: { eventName: ["INSERT"], dynamodb: { Keys: { pk: { S: [{ prefix: "b#" }] } } } }, fits: false },
  { pattern: { eventName: [{ "anything-but": ["REMOVE"] }] }, fits: true },
  { pattern: { eventName: [{ "anything-but": { prefix: "INS" } }] }, fits: false },
  { pattern: { eventName: [{ "equals-ignore-case": "insert" }] }, fits: true },
  { pattern: { dynamodb: { SizeBytes: [{ numeric: [">", 100, "<=", 120] }] } }, fits: true },
  { pattern: { dynamodb: { SizeBytes: [{ numeric: [">", 120] }] } }, fits: false },
  { pattern: { dynamodb: { NewImage: [{ exists: false }] } }, fits: true },
  { pattern: { dynamodb: { Keys: { pk: { S: [{ exists: true }] } } } }, fits: true },
  { pattern: { dynamodb: { NewImage: { a: { S: [{ exists: true }] } } } }, fits: false },
  { pattern: { dynamodb: { tags: ["b"] } }, fits: true },
  { pattern: { dynamodb: { nothing: [null] } }, fits: true },
  { pattern: { $or: [{ eventName: ["MODIFY"] }, { dynamodb: { SizeBytes: [120] } }] }, fits: true },
  { pattern: JSON.parse('{ "__proto__": ["x"] }'), fits: false },
  { pattern: { toString: [{ exists: true }] }, fits: false },
];

describe("matchesPattern", () => {
  test.for(rows)("is $fits for $pattern", ({ pattern, fits }) => {
    expect(matchesPattern(pattern, record)).toBe(fits);
  });

  test("does not guess at a condition that it does not know", () => {
    expect(() => matchesPattern({ eventName: [{ cidr: "10.0.0.0/8" }] }, record)).toThrow("cidr");
    expect(() => matchesPattern({ eventName: [{ constructor: "x" }] }, record)).toThrow("constructor");
  });
});

test("a record passes when it fits one of the filters, or when there are none", () => {
  expect(passesFilters([], record)).toBe(true);
  expect(passesFilters([{ eventName: ["REMOVE"] }, { eventName: ["INSERT"] }], record)).toBe(true);
  expect(passesFilters([{ eventName: ["REMOVE"] }], record)).toBe(false);
});
