import { currency, customerId, type MerchantId, merchantId } from "@farthing/money";
import { describe, expect, test } from "vitest";
import type { InvoiceName } from "./invoice-id.ts";
import type { InvoiceNumbers } from "./invoice-numbers.ts";
import type { Parties } from "./party.ts";

let tests = 0;

const named = (customer: string, seal = 1, code = "USD"): InvoiceName => ({
  customer: customerId(customer),
  seal,
  currency: currency(code),
});

/** What every store of numbers does; merchants are fresh in each test, so that one table serves all. */
export function numbersContract(name: string, open: () => InvoiceNumbers): void {
  describe(`${name}: invoice numbers`, () => {
    test("come in blocks that are created once, under their first number", async () => {
      const [numbers, merchant] = fresh(open);
      expect(await numbers.blockAt(merchant)).toBeUndefined();
      const first = { merchant, first: 1, invoices: [named("a"), named("b:1", 12, "JPY")] };
      const second = { merchant, first: 3, invoices: [named("c")] };
      expect(await numbers.appendBlock(first)).toBe("appended");
      expect(await numbers.appendBlock({ ...first, invoices: [named("x")] })).toBe("taken");
      expect(await numbers.appendBlock(second)).toBe("appended");
      expect(await numbers.blockAt(merchant)).toEqual(second);
      expect(await numbers.blockAt(merchant, 2)).toEqual(first);
      expect(await numbers.blockAt(merchant, 0)).toBeUndefined();
      expect(await numbers.blocksFrom(merchant, 1)).toEqual([first, second]);
      expect(await numbers.blocksFrom(merchant, 2)).toEqual([second]);
      expect(await numbers.blocksFrom(merchant, 4)).toEqual([]);
    });

    test("are in order of numbers, not of digits", async () => {
      const [numbers, merchant] = fresh(open);
      for (const first of [1, 9, 10, 100])
        await numbers.appendBlock({ merchant, first, invoices: [named("a", first)] });
      expect((await numbers.blocksFrom(merchant, 1)).map(({ first }) => first)).toEqual([1, 9, 10, 100]);
      expect(await numbers.blockAt(merchant)).toMatchObject({ first: 100 });
    });

    test("are noted once beside their invoices", async () => {
      const [numbers, merchant] = fresh(open);
      const buyer = { name: "가나 Ltd", address: "1 Street\nTown", taxId: "DE1" };
      const parties: Parties = { seller: { name: "Shop" }, buyer, language: "ko" };
      const issued = { merchant, ...named("a", 2), number: 7, parties };
      await numbers.noteIssued(issued);
      await numbers.noteIssued({ ...issued, number: 8 });
      expect(await numbers.issued(merchant, issued)).toEqual(issued);
      for (const other of [named("a", 20), named("a", 2, "JPY"), named("a2", 2)])
        expect(await numbers.issued(merchant, other)).toBeUndefined();
      expect(await numbers.issued(fresh(open)[1], issued)).toBeUndefined();
    });

    test("are read for many invoices at once, past one batch", async () => {
      const [numbers, merchant] = fresh(open);
      const parties: Parties = { seller: { name: "Shop" }, buyer: { name: "Ann" }, language: "en" };
      const all = Array.from({ length: 130 }, (_, n) => named(`c${n}`, 1 + (n % 3)));
      const odd = all.filter((_, n) => n % 2 === 1).map((name, n) => ({ merchant, ...name, number: n + 1, parties }));
      await Promise.all(odd.map((issued) => numbers.noteIssued(issued)));
      const found = await numbers.issuedAmong(merchant, [...all, ...all.slice(0, 9)]);
      expect(found.toSorted((a, b) => a.number - b.number)).toEqual(odd);
      expect(await numbers.issuedAmong(merchant, [])).toEqual([]);
      expect(await numbers.issuedAmong(fresh(open)[1], all)).toEqual([]);
    });

    test("of one merchant are not another's", async () => {
      const [numbers, merchant] = fresh(open);
      const [, other] = fresh(open);
      await numbers.appendBlock({ merchant, first: 1, invoices: [named("a")] });
      expect(await numbers.blockAt(other)).toBeUndefined();
      expect(await numbers.blocksFrom(other, 0)).toEqual([]);
    });
  });
}

function fresh(open: () => InvoiceNumbers): readonly [InvoiceNumbers, MerchantId] {
  return [open(), merchantId(`Numbers-${++tests}`)];
}
