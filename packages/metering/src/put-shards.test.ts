import { describe, expect, test } from "vitest";
import { hourMs, merchant, meteringWorld, ten } from "./metering.fixture.ts";
import { getShards, putShards } from "./put-shards.ts";

const put = async (world: Awaited<ReturnType<typeof meteringWorld>>, count: number) =>
  await putShards(world, { merchant, count });
const from = (hours: number) => new Date(ten + hours * hourMs).toISOString();

describe("putShards", () => {
  test("takes effect at the second hour boundary, and a repeat does not put it off", async () => {
    const world = await meteringWorld();
    expect(await getShards(world, { merchant })).toEqual({ ok: true, value: { count: 1 } });
    const set = { ok: true, value: { count: 1, next: { count: 64, from: from(2) } } };
    expect(await put(world, 64)).toEqual(set);
    world.at(ten + hourMs + 1);
    expect(await put(world, 64)).toEqual(set);
    world.at(ten + 2 * hourMs);
    expect(await put(world, 64)).toEqual({ ok: true, value: { count: 64 } });
    expect(await getShards(world, { merchant })).toEqual({ ok: true, value: { count: 64 } });
  });

  test("of another count before its hour replaces what was set", async () => {
    const world = await meteringWorld();
    await put(world, 64);
    expect(await put(world, 1)).toMatchObject({ value: { count: 1, next: { count: 1, from: from(2) } } });
    world.at(ten + 5 * hourMs);
    expect(await put(world, 2)).toMatchObject({ value: { count: 1, next: { count: 2, from: from(7) } } });
  });

  test("by twenty at once is one of theirs", async () => {
    const world = await meteringWorld();
    const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => put(world, i + 2)));
    expect(answers).toContainEqual(await getShards(world, { merchant }));
  });
});
