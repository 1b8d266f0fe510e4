import { createHash } from "node:crypto";
import { merchantId } from "@farthing/money";
import { describe, expect, test } from "vitest";
import type { BundleDigest } from "./codec/bundle.ts";
import { hourOf, hourPlus } from "./hour.ts";
import type { Journal, StoredBundle } from "./journal.ts";
import { markOf } from "./mark.ts";
import type { ShardHour } from "./shard.ts";

const hour = hourOf(Date.UTC(2026, 10, 22, 13));
let tests = 0;

/** What every journal does; merchants are fresh in each test, so that one table serves all. */
export function journalContract(name: string, open: () => Journal): void {
  describe(`${name}: bundles`, () => {
    storedOnce(open);
    readInPages(open);
    keptApart(open);
    boundedBySize(open);
  });
  describe(`${name}: marks`, () => marks(open));
}

function freshHour(): ShardHour {
  return { merchant: merchantId(`Journal-${++tests}`), shard: 0, hour };
}

function digestOf(seed: string | number): BundleDigest {
  return createHash("sha256").update(String(seed)).digest("base64url").slice(0, 24) as BundleDigest;
}

function bundleOf(seed: string | number, more: Partial<StoredBundle> = {}): StoredBundle {
  const blob = createHash("sha256").update(`blob ${seed}`).digest();
  return {
    digest: digestOf(seed),
    blob: new Uint8Array(blob),
    receivedAt: 1_795_000_000_123,
    events: 500,
    voids: 0,
    ...more,
  };
}

async function readAll(journal: Journal, at: ShardHour): Promise<{ bundles: StoredBundle[]; pages: number }> {
  const bundles: StoredBundle[] = [];
  for (let [pages, after] = [1, undefined as string | undefined]; ; pages++) {
    const page = await journal.bundles(at, after);
    bundles.push(...page.bundles);
    if (page.next === undefined) return { bundles, pages };
    after = page.next;
  }
}

function storedOnce(open: () => Journal): void {
  test("are read back as they were put", async () => {
    const [journal, at] = [open(), freshHour()];
    const [first, second] = [bundleOf(1), bundleOf(2, { events: 0, voids: 3 })];
    await journal.putBundle(at, first);
    await journal.putBundle(at, second);
    expect(await journal.bundle(at, first.digest)).toEqual(first);
    expect(await journal.bundle(at, second.digest)).toEqual(second);
    expect(await journal.bundle(at, digestOf("none"))).toBeUndefined();
  });

  test("stay as their first writer made them", async () => {
    const [journal, at] = [open(), freshHour()];
    await journal.putBundle(at, bundleOf(1));
    await journal.putBundle(at, bundleOf(1, { receivedAt: 1, blob: new Uint8Array([9]) }));
    expect((await readAll(journal, at)).bundles).toEqual([bundleOf(1)]);
  });

  test("have one first writer among twenty at once", async () => {
    const [journal, at] = [open(), freshHour()];
    const writers = Array.from({ length: 20 }, (_, i) => journal.putBundle(at, bundleOf(1, { receivedAt: 1000 + i })));
    await Promise.all(writers);
    const first = await journal.bundle(at, digestOf(1));
    expect(first?.receivedAt).toBeGreaterThanOrEqual(1000);
    await journal.putBundle(at, bundleOf(1, { receivedAt: 5 }));
    expect((await readAll(journal, at)).bundles).toEqual([first]);
  });

  test("do not change with what a caller does to its own copy", async () => {
    const [journal, at, mine] = [open(), freshHour(), bundleOf(1)];
    await journal.putBundle(at, mine);
    mine.blob.fill(0);
    (await journal.bundle(at, mine.digest))?.blob.fill(1);
    expect(await journal.bundle(at, mine.digest)).toEqual(bundleOf(1));
  });
}

function readInPages(open: () => Journal): void {
  test("come in order of digests, all of more than a page", async () => {
    const [journal, at] = [open(), freshHour()];
    const large = Array.from({ length: 13 }, (_, i) => bundleOf(i, { blob: new Uint8Array(100_000).fill(i) }));
    await Promise.all(large.map((bundle) => journal.putBundle(at, bundle)));
    const { bundles, pages } = await readAll(journal, at);
    expect(bundles).toEqual(large.toSorted((a, b) => (a.digest < b.digest ? -1 : 1)));
    expect(pages).toBeGreaterThan(1);
  });

  test("are none in an hour without any", async () => {
    expect(await open().bundles(freshHour())).toEqual({ bundles: [] });
  });

  test("show at once what was put before the read", async () => {
    const [journal, at] = [open(), freshHour()];
    for (let i = 0; i < 20; i++) {
      await journal.putBundle(at, bundleOf(i));
      expect((await readAll(journal, at)).bundles).toHaveLength(i + 1);
    }
  });
}

function keptApart(open: () => Journal): void {
  test("lie apart by merchant, shard and hour", async () => {
    const [journal, at] = [open(), freshHour()];
    await journal.putBundle({ ...at, shard: 1 }, bundleOf(1));
    const others: ShardHour[] = [
      at,
      { ...at, shard: 11 },
      { ...at, shard: 1, hour: hourPlus(hour, 1) },
      { ...at, shard: 1, merchant: merchantId(at.merchant.toUpperCase()) },
    ];
    for (const other of others) expect(await journal.bundles(other)).toEqual({ bundles: [] });
    for (const other of others) expect(await journal.bundle(other, digestOf(1))).toBeUndefined();
  });
}

function boundedBySize(open: () => Journal): void {
  test.for([398, 399, 401])("of %i KB are stored whole or refused", async (kilobytes) => {
    const [journal, at] = [open(), freshHour()];
    const large = bundleOf(1, { blob: new Uint8Array(kilobytes * 1024).fill(7) });
    if (kilobytes < 400) await journal.putBundle(at, large);
    else await expect(journal.putBundle(at, large)).rejects.toThrow();
    const stored = await journal.bundle(at, large.digest);
    expect(stored?.blob.byteLength).toBe(kilobytes < 400 ? large.blob.byteLength : undefined);
  });
}

function marks(open: () => Journal): void {
  test("are read until they are removed, however often each is written", async () => {
    const [journal, at] = [open(), freshHour()];
    const [one, many] = [
      markOf([{ hour, digest: digestOf(1) }]),
      markOf(Array.from({ length: 1000 }, (_, i) => ({ hour: hourPlus(hour, -i), digest: digestOf(i) }))),
    ];
    expect(await journal.marks(at)).toEqual([]);
    for (const mark of [one, many, one]) await journal.putMark(at, mark);
    expect(await journal.marks(at)).toEqual([one, many].toSorted((a, b) => (a.id < b.id ? -1 : 1)));
    await journal.removeMark(at, many.id);
    await journal.removeMark(at, many.id);
    expect(await journal.marks(at)).toEqual([one]);
  });

  test("lie apart by merchant and shard", async () => {
    const [journal, at] = [open(), freshHour()];
    await journal.putMark({ ...at, shard: 1 }, markOf([{ hour, digest: digestOf(1) }]));
    expect(await journal.marks(at)).toEqual([]);
    expect(await journal.marks({ ...at, shard: 11 })).toEqual([]);
  });
}
