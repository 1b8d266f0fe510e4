import { describe, expect, test } from "vitest";
import { chargedBy, usedBy } from "./charged-by.ts";
import { start, subscription } from "./world.fixture.ts";

const event = (number: number) => ({ number, kind: "pause" as const, at: start, createdAt: 0 });
const [plain, paused] = [subscription({ id: "a" }), subscription({ id: "b", events: [event(1), event(2)] })];

describe("what a seal charges by", () => {
  test("is noted by ids, and by how many events there were", () => {
    expect(usedBy([paused, plain])).toEqual({ subscriptions: ["a", "b"], subscriptionEvents: { b: 2 } });
    expect(usedBy([plain])).toEqual({ subscriptions: ["a"] });
  });

  test("is found again, whatever came since", () => {
    const later = [plain, { ...paused, events: [event(1), event(2), event(3)] }, subscription({ id: "c" })];
    expect(chargedBy(usedBy([plain, paused]), later)).toEqual([plain, paused]);
    expect(chargedBy(usedBy([plain, subscription({ id: "b" })]), later)).toEqual([plain, subscription({ id: "b" })]);
    expect(chargedBy(undefined, later)).toEqual([]);
  });
});
