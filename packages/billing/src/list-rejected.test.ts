import type { RejectedRequest } from "@farthing/metering";
import { memoryRejections } from "@farthing/metering/memory";
import { describe, expect, test } from "vitest";
import { countRejected, listRejected } from "./list-rejected.ts";
import { ann, day, merchant, start } from "./world.fixture.ts";

const refused = (index: number, more: Partial<RejectedRequest["events"][number]> = {}) =>
  ({
    index,
    id: `e${index}`,
    customer: "ann",
    type: "request",
    code: "time_too_old",
    message: "old",
    ...more,
  }) as const;

async function world() {
  const rejections = memoryRejections();
  const note = (receivedAt: number, request: Partial<RejectedRequest>) =>
    rejections.noteRejected(merchant, { receivedAt, name: "a", counts: {}, events: [], ...request });
  await note(start, { counts: { time_too_old: 2 }, events: [refused(0), refused(7, { customer: "bob" })] });
  await note(start + 1, {
    counts: { time_too_old: 1, invalid_event: 30 },
    events: [refused(1), { index: 2, code: "invalid_event", message: "no object" }],
  });
  await note(start - 40 * day, { counts: { time_too_old: 9 }, events: [refused(9)] });
  return { rejections, clock: { now: () => start + 5 } };
}

const march = { merchant, from: 0, to: start + day, limit: 500 };

describe("listRejected", () => {
  test("names what can be read of each, and says how many more there were", async () => {
    const { items } = await listRejected(await world(), march);
    expect(items.map(({ key: _, receivedAt: __, ...item }) => item)).toEqual([
      {
        index: 1,
        id: "e1",
        customer: "ann",
        type: "request",
        verdict: "rejected",
        code: "time_too_old",
        reason: "old",
      },
      { index: 2, verdict: "rejected", code: "invalid_event", reason: "no object" },
      {
        verdict: "rejected",
        code: "more_rejected",
        more: 29,
        reason: "Further events of this request were refused; in all 1 time_too_old, 30 invalid_event.",
      },
      {
        index: 0,
        id: "e0",
        customer: "ann",
        type: "request",
        verdict: "rejected",
        code: "time_too_old",
        reason: "old",
      },
      {
        index: 7,
        id: "e7",
        customer: "bob",
        type: "request",
        verdict: "rejected",
        code: "time_too_old",
        reason: "old",
      },
    ]);
    expect(items[0]?.receivedAt).toBe("2026-03-02T10:00:00.001Z");
    expect(new Set(items.map(({ key }) => key)).size).toBe(5);
  });

  test.for([1, 2, 3, 4, 5])("gives the same list in pages of %i", async (limit) => {
    const stores = await world();
    for (const filter of [{}, { customer: ann }]) {
      const items = [];
      let after: string | undefined;
      do {
        const page = await listRejected(stores, { ...march, ...filter, limit, after });
        items.push(...page.items);
        after = page.next;
      } while (after !== undefined);
      expect(items).toEqual((await listRejected(stores, { ...march, ...filter })).items);
    }
  });

  test("counts them whole, as far back as they are remembered", async () => {
    expect(await countRejected(await world(), march)).toBe(33);
    expect(await countRejected(await world(), { ...march, from: start + 1 })).toBe(31);
  });
});
