import { createHash } from "node:crypto";
import { type MerchantId, merchantId } from "@farthing/money";
import { describe, expect, test } from "vitest";
import type { Backfill, BackfillStatus, Backfills, Staging } from "./backfill.ts";
import type { BundleDigest } from "./codec/bundle.ts";
import { type Hour, hourPlus } from "./hour.ts";
import type { StoredBundle } from "./journal.ts";

const hour = 498_000 as Hour;
let tests = 0;

function freshMerchant(): MerchantId {
  return merchantId(`Backfill-${++tests}`);
}

/** What every store of backfills does. */
export function backfillsContract(name: string, open: () => Backfills): void {
  describe(`${name}: backfills`, () => {
    createdOnce(open);
    listed(open);
  });
}

function createdOnce(open: () => Backfills): void {
  const opened = (merchant: MerchantId): Backfill => ({ merchant, name: "May", status: "open", createdAt: 7 });

  test("are created once under a name, and move on from the status that was read", async () => {
    const [backfills, merchant] = [open(), freshMerchant()];
    const of = { merchant, name: "May" };
    expect(await backfills.backfill(of)).toBeUndefined();
    expect(await backfills.createBackfill(opened(merchant))).toBe("created");
    expect(await backfills.createBackfill({ ...opened(merchant), createdAt: 8 })).toBe("exists");
    expect(await backfills.backfill(of)).toEqual(opened(merchant));
    expect(await backfills.backfill({ merchant, name: "may" })).toBeUndefined();
    const closing = { ...opened(merchant), status: "committing", closedAt: 9 } as const;
    expect(await backfills.advanceBackfill(closing, "open")).toBe("advanced");
    expect(await backfills.advanceBackfill({ ...closing, status: "dropping" }, "open")).toBe("stale");
    const counts = { events: 3, customers: 2, first: -1, last: 5 };
    const end = { ...closing, status: "committed", counts, finishedAt: 11 } as const;
    expect(await backfills.advanceBackfill(end, "committing")).toBe("advanced");
    expect(await backfills.backfill(of)).toEqual(end);
  });

  test("are closed by one of twenty at once", async () => {
    const [backfills, merchant] = [open(), freshMerchant()];
    await backfills.createBackfill(opened(merchant));
    const ends = Array.from({ length: 20 }, (_, i): BackfillStatus => (i % 2 === 0 ? "committing" : "dropping"));
    const answers = await Promise.all(
      ends.map((status) => backfills.advanceBackfill({ ...opened(merchant), status }, "open")),
    );
    expect(answers.filter((answer) => answer === "advanced")).toHaveLength(1);
    const now = await backfills.backfill({ merchant, name: "May" });
    expect(now?.status).toBe(ends[answers.indexOf("advanced")]);
  });
}

function listed(open: () => Backfills): void {
  test("are listed by name, page by page, and apart while they are closing", async () => {
    const [backfills, merchant] = [open(), freshMerchant()];
    const statuses = ["open", "committing", "moving", "committed", "dropping", "clearing", "dropped"] as const;
    const all = statuses.map((status, i): Backfill => ({ merchant, name: `b${i}`, status, createdAt: i }));
    for (const backfill of all.toReversed()) await backfills.createBackfill(backfill);
    const first = await backfills.backfills(merchant, { limit: 4 });
    expect(first).toEqual({ backfills: all.slice(0, 4), next: "b3" });
    expect(await backfills.backfills(merchant, { limit: 4, after: first.next })).toEqual({ backfills: all.slice(4) });
    expect(await backfills.backfills(merchant, { limit: 7 })).toEqual({ backfills: all });
    expect(await backfills.backfills(freshMerchant(), { limit: 4 })).toEqual({ backfills: [] });
    const closing = (await backfills.closingBackfills()).filter((one) => one.merchant === merchant);
    expect(closing.map(({ name }) => name).sort()).toEqual(["b1", "b2", "b4", "b5"]);
  });
}

function bundleOf(seed: number, more: Partial<StoredBundle> = {}): StoredBundle {
  const digest = createHash("sha256").update(`${seed}`).digest("base64url").slice(0, 24) as BundleDigest;
  return { digest, blob: new Uint8Array([seed]), receivedAt: 1_795_000_000_000, events: 5, voids: 0, ...more };
}

/** What every staging does. */
export function stagingContract(name: string, open: () => Staging): void {
  describe(`${name}: staged bundles`, () => {
    test("stay as their first writer made them until they are taken out", async () => {
      const [staging, merchant] = [open(), freshMerchant()];
      const of = { merchant, name: "May" };
      const at = { merchant, shard: 1, hour };
      await staging.stageBundle(of, at, bundleOf(1));
      await staging.stageBundle(of, at, bundleOf(1, { receivedAt: 1 }));
      expect(await staging.stagedBundles(of, 1)).toEqual({ bundles: [{ hour, bundle: bundleOf(1) }] });
      for (let time = 0; time < 2; time++) await staging.unstageBundle(of, at, bundleOf(1).digest);
      expect(await staging.stagedBundles(of, 1)).toEqual({ bundles: [] });
    });

    test("come in order of hours, all of more than a page, apart by merchant, name and shard", async () => {
      const [staging, merchant] = [open(), freshMerchant()];
      const of = { merchant, name: "May" };
      const large = [-400_000, -2, -1, 0, 1, 2].flatMap((after) =>
        [1, 2].map((seed) => ({
          hour: hourPlus(hour, after),
          bundle: bundleOf(seed, { blob: new Uint8Array(120_000).fill(seed) }),
        })),
      );
      for (const one of large.toReversed())
        await staging.stageBundle(of, { merchant, shard: 1, hour: one.hour }, one.bundle);
      const others = [
        { of: { merchant, name: "may" }, shard: 1 },
        { of: { ...of, merchant: freshMerchant() }, shard: 1 },
        { of, shard: 11 },
      ];
      for (const other of others) expect(await staging.stagedBundles(other.of, other.shard)).toEqual({ bundles: [] });
      const read: typeof large = [];
      let [pages, after]: [number, string | undefined] = [0, undefined];
      do {
        const page = await staging.stagedBundles(of, 1, { after });
        read.push(...page.bundles);
        [pages, after] = [pages + 1, page.next];
      } while (after !== undefined);
      const inOrder = large.toSorted((a, b) => a.hour - b.hour || (a.bundle.digest < b.bundle.digest ? -1 : 1));
      expect(read).toEqual(inOrder);
      expect(pages).toBeGreaterThan(1);
      const [only] = inOrder;
      expect((await staging.stagedBundles(of, 1, { limit: 1 })).bundles).toEqual([only]);
    });
  });
}
