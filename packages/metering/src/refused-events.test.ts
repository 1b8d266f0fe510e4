import { describe, expect, test } from "vitest";
import { acceptEvents } from "./accept-events.ts";
import { ann, merchant, meteringWorld, ten } from "./metering.fixture.ts";
import { maxRejectedListed, RefusedEvents } from "./refused-events.ts";
import { maxNoted } from "./rejections.ts";

const refusal = { code: "invalid_event", message: "no" } as const;

describe("RefusedEvents", () => {
  test("names the first for the answer, fewer for the memory, and counts all", () => {
    const refused = new RefusedEvents();
    for (let i = 0; i < maxRejectedListed + 5; i++)
      refused.add(i, { id: `e${i}`, customer: "ann", data: { a: 1 } }, refusal);
    refused.add(9_999, "text", { code: "time_too_old", message: "old" });
    expect(refused.answer.rejected).toHaveLength(maxRejectedListed);
    expect(refused.answer.rejectedCount).toBe(maxRejectedListed + 6);
    expect(refused.answer.rejected[0]).toEqual({ index: 0, id: "e0", ...refusal });
    expect(refused.refused.events).toHaveLength(maxNoted);
    expect(refused.refused.events[0]).toEqual({ index: 0, id: "e0", customer: "ann", ...refusal });
    expect(refused.refused.counts).toEqual({ invalid_event: maxRejectedListed + 5, time_too_old: 1 });
  });

  test.for([
    { value: null, named: {} },
    { value: [1], named: {} },
    { value: { id: 5, customer: {}, type: null }, named: {} },
    { value: { id: "x".repeat(200), type: "\ud800t" }, named: { id: "x".repeat(128), type: "\ufffdt" } },
  ])("takes what can be read of $value", ({ value, named }) => {
    const refused = new RefusedEvents();
    refused.add(0, value, refusal);
    expect(refused.refused.events).toEqual([{ index: 0, ...named, ...refusal }]);
  });
});

describe("a request with refused events", () => {
  async function accept(events: readonly object[]) {
    const world = await meteringWorld();
    const noted: unknown[] = [];
    const stores = {
      ...world,
      customers: { knownCustomers: async () => new Set([ann]) },
      rejections: { noteRejected: async (...words: unknown[]) => void noted.push(words) },
    };
    const request = { merchant, text: JSON.stringify(events), kind: "json", backfill: false, receivedAt: ten } as const;
    await acceptEvents(stores, request);
    return noted;
  }

  const good = { id: "a", customer: "ann", type: "request", data: { secret: "s" } };

  test("is remembered, once for each receipt, without data", async () => {
    const [noted] = await accept([good, { ...good, type: "" }]);
    expect(noted).toEqual([
      merchant,
      {
        receivedAt: ten,
        name: expect.stringMatching(/^[\w-]{16}$/),
        counts: { invalid_event: 1 },
        events: [{ index: 1, id: "a", customer: "ann", type: "", code: "invalid_event", message: expect.any(String) }],
      },
    ]);
    expect(JSON.stringify(noted)).not.toContain("secret");
    expect(await accept([good, { ...good, type: "" }])).toEqual([noted]);
  });

  test("writes nothing more where none was refused", async () => {
    expect(await accept([good, good])).toEqual([]);
  });
});
