import { customerId, expectOk, merchantId } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { createSettlement } from "./create-settlement.ts";
import { type InvoiceFilter, listInvoices } from "./list-invoices.ts";
import { getInvoice, getSettlement, listSettlements } from "./read-invoices.ts";
import { ann, type BillingWorld, billingWorld, bob, charge, hour, merchant, start } from "./world.fixture.ts";

const people = [ann, bob, customerId("cid")];

/** Two settlements: of all three in two currencies, then of ann alone. */
async function settled(): Promise<BillingWorld> {
  const shop = await billingWorld();
  for (const [index, customers] of [people, [ann]].entries()) {
    shop.at(start + (2 * index + 1) * hour);
    const charges = customers.flatMap((customer) =>
      ["USD", "JPY"].map((code) => ({
        ...charge(`${code}${index}`, start, code === "USD" ? "1.5" : "0.2", code),
        customer,
      })),
    );
    await shop.send(...charges);
    await createSettlement(shop, { merchant, body: { through: start + (2 * index + 1) * hour, customers } });
    await shop.drain();
  }
  return shop;
}

const notFound = { ok: false, error: { code: "not_found" } };

async function list(shop: BillingWorld, filter: Partial<InvoiceFilter>) {
  const ids: string[] = [];
  let after: string | undefined;
  do {
    const page = expectOk(await listInvoices(shop, { merchant, limit: 9, ...filter, after }));
    expect(page.items.length).toBeLessThanOrEqual(filter.limit ?? 9);
    ids.push(...page.items.map(({ id }) => id.replace("inv_", "")));
    after = page.next;
  } while (after !== undefined);
  return ids;
}

describe("listInvoices", () => {
  test.for<{ filter: Partial<InvoiceFilter>; ids: string[]; why: string }>([
    {
      filter: { customer: ann },
      ids: ["ann_2_JPY", "ann_2_USD", "ann_1_JPY", "ann_1_USD"],
      why: "a customer's, newest first",
    },
    { filter: { customer: ann, status: "sealed" }, ids: ["ann_2_USD", "ann_1_USD"], why: "of a status" },
    { filter: { customer: ann, settlement: "st_id1" }, ids: ["ann_1_JPY", "ann_1_USD"], why: "of a settlement" },
    { filter: { settlement: "st_id2" }, ids: ["ann_2_JPY", "ann_2_USD"], why: "a settlement's" },
    {
      filter: { settlement: "st_id1", status: "carried" },
      ids: ["ann_1_JPY", "bob_1_JPY", "cid_1_JPY"],
      why: "a settlement's of a status, by customer",
    },
    { filter: { customer: customerId("x") }, ids: [], why: "of nobody" },
    { filter: { settlement: "st_none" }, ids: [], why: "of no settlement" },
  ])("are $ids: $why", async ({ filter, ids }) => {
    const shop = await settled();
    for (const limit of [1, 2, 9]) expect(await list(shop, { ...filter, limit })).toEqual(ids);
  });

  test("are all of a merchant's, newest first", async () => {
    const shop = await settled();
    const ids = await list(shop, { limit: 3 });
    expect(ids).toHaveLength(8);
    expect(new Set(ids.slice(0, 2))).toEqual(new Set(["ann_2_JPY", "ann_2_USD"]));
    expect(await list(shop, { merchant: merchantId("other") })).toEqual([]);
  });
});

describe("an invoice", () => {
  test.for(["inv_ann_3_USD", "inv_ann_1_EUR", "inv_dan_1_USD", "nonsense"])("%s is not found", async (id) => {
    const shop = await settled();
    expect(await getInvoice(shop, { merchant, id })).toEqual(notFound);
  });

  test("is shown to its own merchant", async () => {
    const shop = await settled();
    expect(expectOk(await getInvoice(shop, { merchant, id: "inv_ann_2_JPY" }))).toMatchObject({
      carriedIn: "0.2",
      carriedOut: "0.4",
    });
    expect(await getInvoice(shop, { merchant: merchantId("other"), id: "inv_ann_2_JPY" })).toEqual(notFound);
  });
});

describe("settlements", () => {
  test.for([1, 2])("are listed newest first, %i at a time, and shown", async (limit) => {
    const shop = await settled();
    const first = expectOk(await listSettlements(shop, { merchant, limit }));
    expect(first.items.map(({ id }) => id)).toEqual(["st_id2", "st_id1"].slice(0, limit));
    const [newest] = first.items;
    expect(expectOk(await getSettlement(shop, { merchant, id: "st_id2" }))).toEqual(newest);
    expect(await getSettlement(shop, { merchant, id: "st_none" })).toEqual(notFound);
  });
});

describe("numbers", () => {
  test("are those of invoices that ask for money, in order of settling, and find them again", async () => {
    const shop = await settled();
    const numberOf = async (id: string) => expectOk(await getInvoice(shop, { merchant, id })).number;
    expect(
      await Promise.all(["inv_ann_1_USD", "inv_bob_1_USD", "inv_cid_1_USD", "inv_ann_2_USD"].map(numberOf)),
    ).toEqual([1, 2, 3, 4]);
    // 0.2 yen is carried.
    expect(await numberOf("inv_ann_1_JPY")).toBeUndefined();
    const all = expectOk(await listInvoices(shop, { merchant, limit: 20 })).items;
    expect(all.map(({ number }) => number ?? 0).sort()).toEqual([0, 0, 0, 0, 1, 2, 3, 4]);
    const found = async (more: Partial<InvoiceFilter>) =>
      expectOk(await listInvoices(shop, { merchant, limit: 20, ...more })).items.map(({ id }) => id);
    expect(await found({ number: 3 })).toEqual(["inv_cid_1_USD"]);
    expect(await found({ number: 3, customer: ann })).toEqual([]);
    expect(await found({ number: 3, status: "carried" })).toEqual([]);
    expect(await found({ number: 5 })).toEqual([]);
    expect(await found({ number: 1, merchant: merchantId("other") })).toEqual([]);
  });

  test("are given to no dry run", async () => {
    const shop = await billingWorld();
    await shop.send(charge("a", start, "1"));
    shop.at(start + hour);
    await createSettlement(shop, { merchant, body: { through: start + hour, dryRun: true } });
    await shop.drain();
    expect(await shop.numbers.blockAt(merchant)).toBeUndefined();
  });
});
