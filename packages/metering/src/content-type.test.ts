import { expect, test } from "vitest";
import { bodyKindOf, eventContentTypes } from "./content-type.ts";

test.for([
  ["application/json", "json"],
  ["application/x-ndjson", "ndjson"],
  ["application/cloudevents+json", "cloudevents"],
  ["application/cloudevents-batch+json", "cloudevents-batch"],
] as const)("%s holds %s", ([type, kind]) => {
  expect(eventContentTypes).toContain(type);
  expect(bodyKindOf(type)).toBe(kind);
});

test("other types were not let in", () => {
  expect(eventContentTypes).toHaveLength(4);
  expect(() => bodyKindOf("text/plain")).toThrow();
});
