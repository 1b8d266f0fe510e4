import type { CustomerId } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { acceptEvents } from "./accept-events.ts";
import { ann, hourMs, merchant, meteringWorld, ten, tenth } from "./metering.fixture.ts";
import { bundlesOf } from "./shard-roll.ts";

async function ingest() {
  const world = await meteringWorld();
  const asked: CustomerId[][] = [];
  const customers = {
    knownCustomers: async (_: unknown, ids: readonly CustomerId[]) => {
      asked.push([...ids]);
      return new Set([ann]);
    },
  };
  const accept = (events: readonly object[] | string, more: { backfill?: boolean; receivedAt?: number } = {}) =>
    acceptEvents(
      { ...world, customers },
      {
        merchant,
        text: typeof events === "string" ? events : JSON.stringify(events),
        kind: "json",
        backfill: false,
        receivedAt: ten,
        ...more,
      },
    );
  const stored = async () => {
    const bundles = await bundlesOf(world.journal, { ...world.shard, hour: tenth });
    return bundles.reduce((sum, { events }) => sum + events, 0);
  };
  return { ...world, accept, stored, asked };
}

const one = { id: "a", customer: "ann", type: "request", data: { bytes: 1 } };

describe("acceptEvents", () => {
  test("stores what is good, names what is not, and counts copies", async () => {
    const { accept, stored, asked } = await ingest();
    const late = new Date(ten - 36 * 24 * hourMs).toISOString();
    expect(
      await accept([
        one,
        one,
        { ...one, id: "" },
        { ...one, id: "b", time: late },
        { ...one, id: "c", customer: "bob", type: "x" },
      ]),
    ).toEqual({
      ok: true,
      value: {
        accepted: 2,
        duplicates: 1,
        receivedAt: "2026-03-02T10:00:00.000Z",
        rejected: [
          { index: 2, id: "", code: "invalid_event", message: expect.any(String) },
          { index: 3, id: "b", code: "time_too_old", message: expect.any(String) },
        ],
        rejectedCount: 2,
        warnings: [
          { index: 4, code: "unknown_customer", message: expect.any(String) },
          { index: 4, code: "unmetered", message: expect.any(String) },
        ],
        warningCount: 2,
      },
    });
    expect(await stored()).toBe(2);
    expect(asked).toEqual([["ann", "bob"]]);
  });

  test("of a request again answers the same and stores nothing more", async () => {
    const { accept, stored, at } = await ingest();
    const first = await accept([one, { ...one, id: "b" }]);
    at(ten + 60_000);
    expect(await accept([one, { ...one, id: "b" }])).toEqual(first);
    expect(await stored()).toBe(2);
  });

  test.for([
    { backfill: false, code: "time_too_old" },
    { backfill: true, code: undefined },
  ])("takes an old event in a backfill alone ($backfill)", async ({ backfill, code }) => {
    const { accept } = await ingest();
    const time = new Date(ten - 400 * 24 * hourMs).toISOString();
    const answer = await accept([{ ...one, time }], { backfill });
    expect(answer.ok && answer.value.rejected.map((refusal) => refusal.code)).toEqual(code === undefined ? [] : [code]);
  });

  test.for([
    { text: "{", code: "invalid_json", why: "no JSON" },
    { text: JSON.stringify(Array.from({ length: 10_001 }, () => one)), code: "too_many_events", why: "10,001 events" },
    {
      text: JSON.stringify(
        Array.from({ length: 1001 }, (_, i) => ({ ...one, time: new Date(ten - i * hourMs).toISOString() })),
      ),
      code: "too_scattered",
      why: "1,001 hours",
    },
  ])("refuses the whole request as $code: $why", async ({ text, code }) => {
    const { accept, stored, journal, shard } = await ingest();
    expect(await accept(text, { backfill: true })).toMatchObject({ ok: false, error: { code } });
    expect([await stored(), await journal.marks(shard)]).toEqual([0, []]);
  });

  test("stores nothing of a request without a good event, and says why", async () => {
    const { accept, stored } = await ingest();
    expect(await accept([{ ...one, customer: "a#b" }])).toMatchObject({
      ok: true,
      value: { accepted: 0, rejectedCount: 1 },
    });
    expect(await stored()).toBe(0);
  });
});
