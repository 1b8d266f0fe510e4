import { describe, expect, test } from "vitest";
import { ann, event, hourMs, logOf, merchant, meteringWorld, ten } from "./metering.fixture.ts";
import { rollClosedHours, rollMarked } from "./shard-roll.ts";
import { voidEvent } from "./void-event.ts";

describe("voidEvent", () => {
  test.for([
    { time: undefined, hour: 2, why: "without a time, when it is received" },
    { time: ten, hour: 0, why: "else where it says to look first" },
  ])("lies in hour $hour of the log: $why", async ({ time, hour }) => {
    const world = await meteringWorld();
    world.at(ten + 2 * hourMs);
    const body = { id: "a", customer: ann, source: "s", time, reason: "a mistake" };
    const answer = await voidEvent(world, { merchant, body, receivedAt: ten + 2 * hourMs });
    const named = { id: "a", customer: ann, source: "s", receivedAt: "2026-03-02T12:00:00.000Z" };
    expect(answer).toEqual({ ok: true, value: named });
    world.at(ten + 4 * hourMs);
    await rollClosedHours(world, world.shard);
    await rollMarked(world, world.shard);
    expect(await logOf(world)).toEqual([{ hour, voids: "a" }]);
  });

  test("again changes nothing, whatever it stands against", async () => {
    const world = await meteringWorld();
    await world.send(event("a", ten));
    const body = { id: "a", customer: ann, time: ten };
    const first = await voidEvent(world, { merchant, body, receivedAt: ten });
    expect(await voidEvent(world, { merchant, body, receivedAt: ten })).toEqual(first);
    world.at(ten + 2 * hourMs);
    await rollClosedHours(world, world.shard);
    expect(await logOf(world)).toEqual([{ hour: 0, events: "a", voids: "a" }]);
  });
});
