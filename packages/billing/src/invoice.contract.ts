import { currency, customerId, type MerchantId, merchantId } from "@farthing/money";
import { describe, expect, test } from "vitest";
import type { InvoiceEntry, InvoiceIndex } from "./settlement.ts";

const at = 1_795_000_000_123;
let tests = 0;

/** What every index of invoices does; merchants are fresh in each test, so that one table serves all. */
export function invoicesContract(name: string, open: () => InvoiceIndex): void {
  describe(`${name}: invoices`, () => {
    put(open);
    listed(open);
  });
}

function freshMerchant(): MerchantId {
  return merchantId(`Invoices-${++tests}`);
}

function entryOf(merchant: MerchantId, customer: string, more: Partial<InvoiceEntry> = {}): InvoiceEntry {
  const entry = { merchant, settlement: "st_1", customer: customerId(customer), seal: 1 };
  return { ...entry, currency: currency("USD"), sealedAt: at, ...more };
}

type Page = Awaited<ReturnType<InvoiceIndex["invoices"]>>;

async function everyPage(read: (after?: string) => Promise<Page>, limit: number): Promise<readonly InvoiceEntry[]> {
  const all: InvoiceEntry[] = [];
  for (let page = await read(); ; page = await read(page.next)) {
    expect(page.entries.length).toBeLessThanOrEqual(limit);
    all.push(...page.entries);
    if (page.next === undefined) return all;
    expect(page.entries).not.toEqual([]);
  }
}

function put(open: () => InvoiceIndex): void {
  test("may be put again, and name each invoice once", async () => {
    const [index, merchant] = [open(), freshMerchant()];
    const entry = entryOf(merchant, "a");
    await index.putInvoices([]);
    await index.putInvoices([entry, entry]);
    await index.putInvoices([entry]);
    const page = { limit: 10 };
    expect(await index.invoicesOfSettlement(merchant, "st_1", page)).toEqual({ entries: [entry] });
    expect(await index.invoices(merchant, page)).toEqual({ entries: [entry] });
    expect(await index.invoicesOfSettlement(merchant, "st_10", page)).toEqual({ entries: [] });
    expect(await index.invoices(freshMerchant(), page)).toEqual({ entries: [] });
  });

  test("are put in numbers past one batch", async () => {
    const [index, merchant] = [open(), freshMerchant()];
    const many = Array.from({ length: 130 }, (_, i) => entryOf(merchant, `c${String(i).padStart(3, "0")}`));
    await index.putInvoices(many);
    const { entries } = await index.invoicesOfSettlement(merchant, "st_1", { limit: 500 });
    expect(entries).toEqual(many);
  });
}

function listed(open: () => InvoiceIndex): void {
  test.for([1, 2, 4, 5, 50])("of a settlement come by customer and currency, %i at a time", async (limit) => {
    const [index, merchant] = [open(), freshMerchant()];
    const all = [
      entryOf(merchant, "B", { seal: 100 }),
      entryOf(merchant, "a", { currency: currency("EUR"), seal: 2 }),
      entryOf(merchant, "a", { seal: 2 }),
      entryOf(merchant, "a0", { sealedAt: at - 5 }),
      entryOf(merchant, "b", { seal: 9 }),
    ];
    await index.putInvoices(all.toReversed());
    await index.putInvoices([entryOf(merchant, "a", { settlement: "st_2" })]);
    const read = (after?: string) =>
      index.invoicesOfSettlement(merchant, "st_1", { limit, ...(after === undefined ? {} : { after }) });
    expect(await everyPage(read, limit)).toEqual(all);
  });

  test.for([7, 64, 499])("of many customers come in order, %i at a time", async (limit) => {
    const [index, merchant] = [open(), freshMerchant()];
    const all = Array.from({ length: 150 }, (_, n) =>
      entryOf(merchant, `c${String(n).padStart(3, "0")}`, { sealedAt: at + ((n * 7) % 50) }),
    );
    await index.putInvoices(all);
    const page = (after?: string) => ({ limit, ...(after === undefined ? {} : { after }) });
    const own = await everyPage((after) => index.invoicesOfSettlement(merchant, "st_1", page(after)), limit);
    expect(own).toEqual(all);
    const newest = all.toSorted((a, b) => b.sealedAt - a.sealedAt || (a.customer > b.customer ? -1 : 1));
    expect(await everyPage((after) => index.invoices(merchant, page(after)), limit)).toEqual(newest);
  });

  test.for([1, 3, 6, 7, 50])("of a merchant come newest first, %i at a time", async (limit) => {
    const [index, merchant] = [open(), freshMerchant()];
    const all = [
      entryOf(merchant, "c", { sealedAt: at + 9, settlement: "st_2" }),
      entryOf(merchant, "a", { sealedAt: at + 1, seal: 10 }),
      entryOf(merchant, "a", { sealedAt: at + 1, seal: 9 }),
      entryOf(merchant, "a", { sealedAt: at + 1, seal: 9, currency: currency("EUR") }),
      entryOf(merchant, "Z", { sealedAt: at + 1, seal: 11 }),
      entryOf(merchant, "z", { sealedAt: 7 }),
    ];
    await index.putInvoices(all.toReversed());
    const read = (after?: string) => index.invoices(merchant, { limit, ...(after === undefined ? {} : { after }) });
    expect(await everyPage(read, limit)).toEqual(all);
  });
}
