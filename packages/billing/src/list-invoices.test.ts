import { currency, customerId, expectOk } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { createSettlement } from "./create-settlement.ts";
import { type InvoiceFilter, listInvoices } from "./list-invoices.ts";
import type { InvoiceStores } from "./read-invoices.ts";
import { ann, billingWorld, charge, hour, merchant, start } from "./world.fixture.ts";

/** So many invoices of one settlement, in order of customers; every `rare`th is in yen and carried, the others are sealed. */
async function crowd(count: number, rare: number) {
  const shop = await billingWorld();
  shop.at(start + hour);
  await shop.send(charge("a", start, "1.5"), charge("b", start, "0.2", "JPY"));
  await createSettlement(shop, { merchant, body: { through: start + hour } });
  await shop.drain();
  const seal = await shop.seals.latestSeal({ merchant, customer: ann });
  if (seal === undefined) throw new Error("nothing was sealed");
  const entries = Array.from({ length: count }, (_, n) => {
    const customer = customerId(`c${String(n).padStart(6, "0")}`);
    const code = currency(n % rare === rare - 1 ? "JPY" : "USD");
    return { merchant, settlement: "st_all", customer, seal: 1, currency: code, sealedAt: start + n };
  });
  await shop.invoices.putInvoices(entries);
  let reads = 0;
  // Everybody has the same seal.
  const seals = {
    seal: async (customer: typeof seal.customer) => {
      reads += 1;
      return { ...seal, customer };
    },
  };
  const stores: InvoiceStores = { ...shop, seals: Object.assign(Object.create(shop.seals), seals) };
  return { stores, entries, reads: () => reads };
}

async function pages(stores: InvoiceStores, filter: Partial<InvoiceFilter>) {
  const all: { readonly customers: readonly string[]; readonly next: string | undefined }[] = [];
  for (let after: string | undefined; ; ) {
    const { items, next } = expectOk(await listInvoices(stores, { merchant, limit: 50, ...filter, after }));
    all.push({ customers: items.map(({ customer }) => customer), next });
    if (next === undefined) return all;
    after = next;
  }
}

const inSettlement = { settlement: "st_all", status: "carried" };

describe("invoices of a status", () => {
  test.for([1, 7, 24, 25, 26, 500])("are in full pages of %i, each once and in order", async (limit) => {
    const { stores, entries } = await crowd(350, 14);
    const rare = entries.filter(({ currency: code }) => code === "JPY").map(({ customer }) => customer as string);
    const found = await pages(stores, { ...inSettlement, limit });
    expect(found.flatMap(({ customers }) => customers)).toEqual(rare);
    for (const { customers } of found.slice(0, -1)) expect(customers).toHaveLength(limit);
    const newest = await pages(stores, { status: "carried", limit });
    expect(newest.flatMap(({ customers }) => customers).filter((id) => id !== "ann")).toEqual(rare.toReversed());
  });

  test("end a page after a thousand that were looked at, and the next goes on behind them", async () => {
    const { stores, reads } = await crowd(2_500, 2_400);
    const first = expectOk(await listInvoices(stores, { merchant, limit: 50, ...inSettlement }));
    expect(first.items).toEqual([]);
    expect(first.next).toBeDefined();
    expect(reads()).toBe(1_000);
    const found = await pages(stores, inSettlement);
    expect(found.map(({ customers }) => customers.length)).toEqual([0, 0, 1]);
  });

  test("are looked at once each, however few are asked for", async () => {
    const { stores, reads } = await crowd(90, 3);
    await listInvoices(stores, { merchant, limit: 2, ...inSettlement });
    expect(reads()).toBe(90);
  });

  test("have no page behind the last that was found there", async () => {
    const { stores } = await crowd(30, 30);
    const page = expectOk(await listInvoices(stores, { merchant, limit: 1, ...inSettlement }));
    expect(page.items).toHaveLength(1);
    expect(page).not.toHaveProperty("next");
  });
});

test("invoices of any status are read as many as a page holds", async () => {
  const { stores, reads } = await crowd(40, 3);
  const { items, next } = expectOk(await listInvoices(stores, { merchant, limit: 10, settlement: "st_all" }));
  expect([items.length, reads()]).toEqual([10, 10]);
  expect(next).toBeDefined();
});
