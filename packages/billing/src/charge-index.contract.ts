import { createHash } from "node:crypto";
import { currency, customerId, merchantId } from "@farthing/money";
import { describe, expect, test } from "vitest";
import type { ChargedInvoice, ChargeIndex, ChargeIndexes } from "./charge-index.ts";

let tests = 0;

/** What every store of indexes of charges does; customers are fresh in each test, so that one table serves all. */
export function chargeIndexesContract(name: string, open: () => ChargeIndexes): void {
  const fresh = (more: Partial<ChargedInvoice> = {}): ChargedInvoice => {
    const customer = { merchant: merchantId("Charges"), customer: customerId(`Customer-${++tests}`) };
    return { customer, seal: 2, currency: currency("USD"), ...more };
  };
  const first = { hour: 497_000, row: 3, line: 1 };
  const index: ChargeIndex = { key: "k", blocks: [{ first, lines: [0, 7] }] };

  describe(`${name}: indexes of charges`, () => {
    test("reads back what was put, the same again too, and nothing of others", async () => {
      const [indexes, invoice] = [open(), fresh()];
      expect(await indexes.chargeIndex(invoice)).toBeUndefined();
      await indexes.putChargeIndex(invoice, index);
      await indexes.putChargeIndex(invoice, index);
      expect(await indexes.chargeIndex(invoice)).toEqual(index);
      for (const other of [{ seal: 20 }, { currency: currency("JPY") }, { customer: fresh().customer }])
        expect(await indexes.chargeIndex({ ...invoice, ...other })).toBeUndefined();
    });

    test("holds an index that no item holds", async () => {
      const [indexes, invoice] = [open(), fresh()];
      const noise = (at: number) => [...createHash("sha512").update(`${at}`).digest()];
      const blocks = Array.from({ length: 6_000 }, (_, at) => ({ first: { ...first, row: at }, lines: noise(at) }));
      await indexes.putChargeIndex(invoice, { key: "k", blocks });
      expect(await indexes.chargeIndex(invoice)).toEqual({ key: "k", blocks });
    });
  });
}
