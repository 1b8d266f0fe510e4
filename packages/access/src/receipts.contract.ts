import { type MerchantId, merchantId } from "@farthing/money";
import { describe, expect, test } from "vitest";
import type { AccessStores } from "./memory.ts";
import { firstReceipt } from "./receipt.ts";

const at = Date.UTC(2026, 10, 22);

let tests = 0;
const fresh = () => merchantId(`Receipts-${++tests}`);

/** What every store of receipts does; merchants are fresh in each test, so that one table serves all. */
export function receiptsContract(name: string, open: () => Pick<AccessStores, "receipts">): void {
  describe(`${name}: receipts`, () => arrivalsContract(open));
  describe(`${name}: receipts and answers`, () => answersContract(open));
}

const receiptOf = (merchant: MerchantId, digest = "d1", receivedAt = at) =>
  ({ merchant, route: "POST /v1/keys", key: "a key # of mine", digest, receivedAt }) as const;

function arrivalsContract(open: () => Pick<AccessStores, "receipts">): void {
  test("keep the first arrival, and refuse other content", async () => {
    const { receipts } = open();
    const owner = fresh();
    const first = await firstReceipt(receipts, receiptOf(owner));
    const again = await firstReceipt(receipts, receiptOf(owner, "d1", at + 60_000));
    expect(again).toEqual(first);
    expect(await firstReceipt(receipts, receiptOf(owner, "d2"))).toEqual({
      ok: false,
      error: { code: "idempotency_conflict" },
    });
  });

  test("are apart for merchants, routes and keys", async () => {
    const { receipts } = open();
    const [owner, other] = [fresh(), fresh()];
    await firstReceipt(receipts, receiptOf(owner));
    expect((await firstReceipt(receipts, receiptOf(other, "d2"))).ok).toBe(true);
    expect((await firstReceipt(receipts, { ...receiptOf(owner, "d2"), route: "POST /v1/x" })).ok).toBe(true);
    expect((await firstReceipt(receipts, { ...receiptOf(owner, "d2"), key: "A key # of mine" })).ok).toBe(true);
  });

  test.for([
    { day: 39.9, kept: true },
    { day: 40.1, kept: false },
  ])("are kept after $day days: $kept", async ({ day, kept }) => {
    const { receipts } = open();
    const owner = fresh();
    await firstReceipt(receipts, receiptOf(owner));
    const later = await firstReceipt(receipts, receiptOf(owner, "d2", at + day * 86_400_000));
    expect(later.ok).toBe(!kept);
  });
}

function answersContract(open: () => Pick<AccessStores, "receipts">): void {
  test("take one answer", async () => {
    const { receipts } = open();
    const owner = fresh();
    await firstReceipt(receipts, receiptOf(owner));
    const [one, two] = [
      { status: 201, body: '{"n":1}' },
      { status: 201, body: '{"n":2}' },
    ];
    expect(await receipts.answer(receiptOf(owner), one)).toEqual(one);
    expect(await receipts.answer(receiptOf(owner), two)).toEqual(one);
    expect(await firstReceipt(receipts, receiptOf(owner))).toMatchObject({ ok: true, value: { answer: one } });
  });

  test("of a refused request are withdrawn, answered ones stay", async () => {
    const { receipts } = open();
    const owner = fresh();
    await firstReceipt(receipts, receiptOf(owner));
    await receipts.withdraw(receiptOf(owner, "d2"));
    expect((await firstReceipt(receipts, receiptOf(owner, "d2"))).ok).toBe(false);
    await receipts.withdraw(receiptOf(owner));
    expect((await firstReceipt(receipts, receiptOf(owner, "d2"))).ok).toBe(true);
    await receipts.answer(receiptOf(owner), { status: 200, body: "" });
    await receipts.withdraw(receiptOf(owner, "d2"));
    expect((await firstReceipt(receipts, receiptOf(owner))).ok).toBe(false);
  });

  test("give two that arrive at once the same time", async () => {
    const { receipts } = open();
    const owner = fresh();
    const both = await Promise.all([1, 2, 3, 4].map((n) => firstReceipt(receipts, receiptOf(owner, "d1", at + n))));
    expect(new Set(both.map((one) => (one.ok ? one.value.receivedAt : "refused"))).size).toBe(1);
  });
}
