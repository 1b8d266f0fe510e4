import { createHash } from "node:crypto";
import { merchantId } from "@farthing/money";
import { describe, expect, test } from "vitest";
import type { BundleDigest } from "./codec/bundle.ts";
import { type Hour, hourPlus } from "./hour.ts";
import type { RollProgress } from "./journal.ts";
import type { ShardRef } from "./shard.ts";

const hour = 498_000 as Hour;
let tests = 0;

/** What every record of progress does; merchants are fresh in each test, so that one table serves all. */
export function rollProgressContract(name: string, open: () => RollProgress): void {
  describe(`${name}: progress of rolls`, () => {
    raised(open);
    recorded(open);
  });
}

function freshShard(): ShardRef {
  return { merchant: merchantId(`Progress-${++tests}`), shard: 3 };
}

function digests(count: number, from = 0): BundleDigest[] {
  return Array.from({ length: count }, (_, i) => digestOf(from + i)).sort();
}

function digestOf(seed: number): BundleDigest {
  return createHash("sha256").update(`${seed}`).digest("base64url").slice(0, 24) as BundleDigest;
}

function raised(open: () => RollProgress): void {
  test("rises and never falls, rolled and swept apart", async () => {
    const [progress, shard] = [open(), freshShard()];
    expect(await progress.rolledThrough(shard)).toBeUndefined();
    await progress.raiseRolledThrough(shard, hour);
    await progress.raiseRolledThrough(shard, hourPlus(hour, -1));
    expect(await progress.rolledThrough(shard)).toBe(hour);
    expect(await progress.sweptThrough(shard)).toBeUndefined();
    await progress.raiseSweptThrough(shard, hourPlus(hour, -9));
    await progress.raiseSweptThrough(shard, hourPlus(hour, -10));
    await progress.raiseRolledThrough(shard, hourPlus(hour, 2));
    expect(await progress.sweptThrough(shard)).toBe(hour - 9);
    expect(await progress.rolledThrough(shard)).toBe(hour + 2);
    expect(await progress.rolledThrough({ ...shard, shard: 33 })).toBeUndefined();
  });

  test("is the highest of twenty raises at once", async () => {
    const [progress, shard] = [open(), freshShard()];
    const hours = Array.from({ length: 20 }, (_, i) => hourPlus(hour, (i * 7) % 20));
    await Promise.all(hours.map((one) => progress.raiseRolledThrough(shard, one)));
    expect(await progress.rolledThrough(shard)).toBe(hour + 19);
  });
}

function recorded(open: () => RollProgress): void {
  test("adds up what was worked off, once each", async () => {
    const [progress, at] = [open(), { ...freshShard(), hour }];
    expect(await progress.rollRecord(at)).toEqual({ digests: [], quarantined: [] });
    const [a, b] = [digests(3), digests(3, 2)];
    for (const part of [a, b, a]) await progress.recordRoll(at, { digests: part, quarantined: [] });
    await progress.recordRoll(at, { digests: [], quarantined: digests(1, 90) });
    await progress.recordRoll(at, { digests: [], quarantined: [] });
    expect(await progress.rollRecord(at)).toEqual({ digests: digests(5), quarantined: digests(1, 90) });
    expect(await progress.rollRecord({ ...at, hour: hourPlus(hour, 1) })).toEqual({ digests: [], quarantined: [] });
  });

  test("takes more bundles than an item holds", async () => {
    const [progress, at] = [open(), { ...freshShard(), hour }];
    const many = digests(40_000);
    await progress.recordRoll(at, { digests: many, quarantined: many.slice(0, 10) });
    await progress.recordRoll(at, { digests: many.toReversed(), quarantined: [] });
    expect(await progress.rollRecord(at)).toEqual({ digests: many, quarantined: many.slice(0, 10) });
  });

  test("loses none of twenty records at once", async () => {
    const [progress, at] = [open(), { ...freshShard(), hour }];
    const parts = Array.from({ length: 20 }, (_, i) => ({ digests: digests(5, i * 3), quarantined: [] }));
    await Promise.all(parts.map((part) => progress.recordRoll(at, part)));
    expect(await progress.rollRecord(at)).toEqual({ digests: digests(62), quarantined: [] });
  });
}
