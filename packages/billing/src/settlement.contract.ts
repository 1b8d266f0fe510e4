import { currency, customerId, type MerchantId, merchantId, picos, picosFrom } from "@farthing/money";
import { describe, expect, test } from "vitest";
import type { ChunkRecord, Settlement, Settlements } from "./settlement.ts";

const at = 1_795_000_000_123;
let tests = 0;

/** What every store of settlements does; merchants are fresh in each test, so that one table serves all. */
export function settlementsContract(name: string, open: () => Settlements): void {
  describe(`${name}: settlements`, () => {
    created(open);
    advanced(open);
    listed(open);
  });
  describe(`${name}: parts of settlements`, () => parts(open));
}

function freshMerchant(): MerchantId {
  return merchantId(`Settlements-${++tests}`);
}

function settlementOf(merchant: MerchantId, id: string, more: Partial<Settlement> = {}): Settlement {
  return { merchant, id, through: at, cutAt: "through", dryRun: false, status: "rolling", createdAt: at, ...more };
}

const totals = [
  {
    currency: currency("USD"),
    exact: picos("4.2472554466"),
    invoiced: picos("4.25"),
    carried: picosFrom(-(10n ** 30n)),
  },
  { currency: currency("JPY"), exact: picos("0"), invoiced: picos("0"), carried: picos("0") },
];

const whole: Partial<Settlement> = {
  cutAt: "period",
  customers: ["b", "a", "AbC@x:1"].map(customerId),
  dryRun: true,
  shards: 4,
  chunks: 0,
  customerCount: 3,
  invoiceCount: 2,
  totals,
  finishedAt: at + 9,
};

function created(open: () => Settlements): void {
  test("are created once, and read whole", async () => {
    const [settlements, merchant] = [open(), freshMerchant()];
    expect(await settlements.settlement(merchant, "st_1")).toBeUndefined();
    const first = settlementOf(merchant, "st_1", whole);
    expect(await settlements.createSettlement(first)).toBe("created");
    expect(await settlements.createSettlement(settlementOf(merchant, "st_1"))).toBe("exists");
    expect(await settlements.settlement(merchant, "st_1")).toEqual(first);
    await settlements.createSettlement(settlementOf(merchant, "st_2", { customers: [], totals: [] }));
    expect(await settlements.settlement(merchant, "st_2")).toMatchObject({ customers: [], totals: [] });
    expect(await settlements.settlement(freshMerchant(), "st_1")).toBeUndefined();
  });

  test("are created by one of twenty at once", async () => {
    const [settlements, one] = [open(), settlementOf(freshMerchant(), "st_1")];
    const answers = await Promise.all(Array.from({ length: 20 }, () => settlements.createSettlement(one)));
    expect(answers.filter((answer) => answer === "created")).toHaveLength(1);
  });
}

function advanced(open: () => Settlements): void {
  test("move on from the state that was read, and leave the unfinished when done", async () => {
    const [settlements, merchant] = [open(), freshMerchant()];
    const rolling = settlementOf(merchant, "st_1");
    const settling = { ...rolling, status: "settling", chunks: 2 } as const;
    const done = { ...settling, ...whole, status: "done" } as const;
    const unfinished = async () => (await settlements.unfinished()).filter((one) => one.merchant === merchant);
    expect(await settlements.advance(settling, "rolling")).toBe("stale");
    await settlements.createSettlement(rolling);
    expect(await unfinished()).toEqual([rolling]);
    expect(await settlements.advance(done, "settling")).toBe("stale");
    expect(await settlements.advance(settling, "rolling")).toBe("advanced");
    expect(await settlements.advance(settling, "rolling")).toBe("stale");
    expect(await unfinished()).toEqual([settling]);
    expect(await settlements.advance(done, "settling")).toBe("advanced");
    expect(await settlements.settlement(merchant, "st_1")).toEqual(done);
    expect(await unfinished()).toEqual([]);
  });

  test("are moved on by one of twenty at once", async () => {
    const [settlements, one] = [open(), settlementOf(freshMerchant(), "st_1")];
    await settlements.createSettlement(one);
    const move = () => settlements.advance({ ...one, status: "settling" }, "rolling");
    const answers = await Promise.all(Array.from({ length: 20 }, move));
    expect(answers.filter((answer) => answer === "advanced")).toHaveLength(1);
  });

  test("that failed are no longer unfinished", async () => {
    const [settlements, one] = [open(), settlementOf(freshMerchant(), "st_1")];
    await settlements.createSettlement(one);
    await settlements.advance({ ...one, status: "failed" }, "rolling");
    expect((await settlements.unfinished()).filter(({ merchant }) => merchant === one.merchant)).toEqual([]);
  });
}

function listed(open: () => Settlements): void {
  test.for([1, 2, 7, 8, 50])("are listed newest first, finished or not, %i at a time", async (limit) => {
    const [settlements, merchant] = [open(), freshMerchant()];
    const states = ["done", "rolling", "failed", "settling", "done", "rolling", "done", "done"] as const;
    const all = states.map((status, i) => settlementOf(merchant, `st_${i}`, { status, createdAt: at + (i >> 1) }));
    const begun = `${merchant}0`;
    for (const one of all) await settlements.createSettlement(one);
    await settlements.createSettlement(settlementOf(merchantId(begun), "st_1"));
    await settlements.createSettlement(settlementOf(merchantId(begun), "st_2", { status: "done" }));
    const ids: string[] = [];
    for (let page = await settlements.settlements(merchant, { limit }); ; ) {
      expect(page.settlements.length).toBeLessThanOrEqual(limit);
      for (const one of page.settlements) expect(all).toContainEqual(one);
      ids.push(...page.settlements.map(({ id }) => id));
      if (page.next === undefined) break;
      page = await settlements.settlements(merchant, { limit, after: page.next });
      expect(page.settlements).not.toEqual([]);
    }
    expect(ids).toEqual(all.map(({ id }) => id).toReversed());
  });
}

function parts(open: () => Settlements): void {
  test("note each rolled shard once", async () => {
    const [settlements, merchant] = [open(), freshMerchant()];
    expect(await settlements.shardsRolled(merchant, "st_1")).toEqual([]);
    for (const shard of [12, 3, 3, 0]) await settlements.noteShardRolled(merchant, "st_1", shard);
    await settlements.noteShardRolled(merchant, "st_10", 7);
    expect(await settlements.shardsRolled(merchant, "st_1")).toEqual([0, 3, 12]);
  });

  test("keep a chunk as it was first stored, also before its settlement", async () => {
    const [settlements, merchant] = [open(), freshMerchant()];
    const members = Array.from({ length: 100 }, (_, i) => customerId(`c${i}`.padEnd(128, "x")));
    expect(await settlements.chunk(merchant, "st_1", 0)).toBeUndefined();
    await settlements.putChunk(merchant, "st_1", 0, members);
    await settlements.putChunk(merchant, "st_1", 0, members.slice(1));
    await settlements.putChunk(merchant, "st_1", 1, []);
    expect(await settlements.chunk(merchant, "st_1", 0)).toEqual(members);
    expect(await settlements.chunk(merchant, "st_1", 1)).toEqual([]);
    expect(await settlements.chunk(merchant, "st_1", 2)).toBeUndefined();
    expect(await settlements.chunk(freshMerchant(), "st_1", 0)).toBeUndefined();
  });

  test("keep each chunk's first record, in order, past nine and many", async () => {
    const [settlements, merchant] = [open(), freshMerchant()];
    const records = Array.from({ length: 120 }, (_, chunk): ChunkRecord => {
      return { chunk, customers: 100, invoices: chunk, totals: chunk % 2 === 0 ? totals : [] };
    });
    expect(await settlements.chunkRecords(merchant, "st_1")).toEqual([]);
    for (const record of records.toReversed()) await settlements.recordChunk(merchant, "st_1", record);
    await settlements.recordChunk(merchant, "st_1", { chunk: 3, customers: 0, invoices: 0, totals: [] });
    expect(await settlements.chunkRecords(merchant, "st_1")).toEqual(records);
  });
}
