import type { CustomerRef } from "@farthing/metering";
import { currency, customerId, merchantId, picosFrom } from "@farthing/money";
import { describe, expect, test } from "vitest";
import type { AccountLog, AccountRecord } from "./account-log.ts";

let tests = 0;

/** What every store of account logs does; customers are fresh in each test, so that one table serves all. */
export function accountLogContract(name: string, open: () => AccountLog): void {
  describe(`${name}: account logs`, () => {
    test("keep every record as it is, in order of numbers", async () => {
      const [log, customer] = [open(), freshCustomer()];
      expect(await log.recordsFrom(customer, 1)).toEqual([]);
      const all = Array.from({ length: 11 }, (_, index) => recordOf(customer, index + 1));
      for (const record of all) expect(await log.appendRecord(record)).toBe("appended");
      expect(await log.recordsFrom(customer, 1)).toEqual(all);
      expect(await log.recordsFrom(customer, 10)).toEqual(all.slice(9));
      expect(await log.recordsFrom(customer, 12)).toEqual([]);
    });

    test("keep a credit note as it is, amounts of any size with it", async () => {
      const [log, customer] = [open(), freshCustomer()];
      const change = {
        kind: "credit",
        as: "refund",
        lines: [{ line: "line_1", exact: picosFrom(-1n) }],
        events: [{ id: "a", source: "s" }, { id: "b" }],
        exact: picosFrom(10n ** 40n),
        total: picosFrom(0n),
        carried: picosFrom(10n ** 40n),
        to: "paid",
        key: "k",
      } as const;
      const record = { ...recordOf(customer, 1), change };
      await log.appendRecord(record);
      expect(await log.recordsFrom(customer, 1)).toEqual([record]);
    });

    test("take each number once", async () => {
      const [log, customer] = [open(), freshCustomer()];
      const record = recordOf(customer, 1);
      expect(await log.appendRecord(record)).toBe("appended");
      expect(await log.appendRecord({ ...record, reason: "other" })).toBe("taken");
      expect(await log.recordsFrom(customer, 1)).toEqual([record]);
    });

    test("leave a record to the transaction of its posting", async () => {
      const [log, customer] = [open(), freshCustomer()];
      const seen: number[] = [];
      const outcome = await log.appendRecord(recordOf(customer, 1), async ({ writes }) => {
        seen.push(writes.length);
        return "taken";
      });
      expect([outcome, seen, await log.recordsFrom(customer, 1)]).toEqual(["taken", [1], []]);
    });

    test("of one customer are not another's", async () => {
      const [log, customer] = [open(), freshCustomer()];
      await log.appendRecord(recordOf(customer, 1));
      expect(await log.recordsFrom(freshCustomer(), 1)).toEqual([]);
      expect(await log.recordsFrom({ ...customer, merchant: merchantId("other") }, 1)).toEqual([]);
    });
  });
}

function freshCustomer(): CustomerRef {
  return { merchant: merchantId("Accounts"), customer: customerId(`customer:${++tests}`) };
}

function recordOf(customer: CustomerRef, number: number): AccountRecord {
  const change = { kind: "transition", event: "paid_outside", from: "sealed", to: "paid" } as const;
  const invoice = { seal: number, currency: currency("USD") };
  const said = number % 2 === 0 ? {} : { reason: "by bank", reference: "가나 1" };
  const amount = picosFrom(12_345_678_901_234_567_890n);
  return { customer, number, invoice, change: { ...change, amount }, at: 5, recordedAt: 7, ...said };
}
