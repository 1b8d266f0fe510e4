import { type CustomerId, currency, customerId, type MerchantId, merchantId } from "@farthing/money";
import { describe, expect, test } from "vitest";
import type { Customer, Customers } from "./customer.ts";
import { dueBucketOf } from "./due-bucket.ts";

const at = 1_795_000_000_123;
let tests = 0;

/** What every store of customers does; merchants are fresh in each test, so that one table serves all. */
export function customersContract(name: string, open: () => Customers): void {
  describe(`${name}: customers`, () => {
    stored(open);
    noted(open);
    listed(open);
  });
  describe(`${name}: due customers`, () => due(open));
  describe(`${name}: many customers`, () => among(open));
}

function freshMerchant(): MerchantId {
  return merchantId(`Customers-${++tests}`);
}

function customerOf(merchant: MerchantId, id: string, more: Partial<Customer> = {}): Customer {
  return { merchant, id: customerId(id), known: true, createdAt: at, updatedAt: at, ...more };
}

const whole: Partial<Customer> = {
  name: "Ærø Kaffe",
  email: "who@example.org",
  currency: currency("DKK"),
  timezone: "Europe/Copenhagen",
  plan: "pro",
  country: "DK",
  taxStatus: "reverse_charge",
  taxRate: "0.25",
  metadata: { tier: "gold", "": "empty", constructor: "kept" },
  updatedAt: at + 5,
};

function stored(open: () => Customers): void {
  test("are read as they were put, and replaced whole", async () => {
    const [customers, merchant] = [open(), freshMerchant()];
    const id = customerId("Who@example.org:1");
    expect(await customers.customer(merchant, id)).toBeUndefined();
    await customers.putCustomer(customerOf(merchant, id, whole));
    expect(await customers.customer(merchant, id)).toEqual(customerOf(merchant, id, whole));
    await customers.putCustomer(customerOf(merchant, id));
    expect(await customers.customer(merchant, id)).toEqual(customerOf(merchant, id));
  });

  test("are known once they were put, not by events that named them, and among 100 at once", async () => {
    const [customers, merchant] = [open(), freshMerchant()];
    await customers.putCustomer(customerOf(merchant, "put"));
    await customers.noteCustomer(customerOf(merchant, "seen", { known: false }), at);
    const strangers = Array.from({ length: 98 }, (_, i) => customerId(`c${i}`));
    const ids = [customerId("put"), customerId("seen"), ...strangers];
    expect([...(await customers.knownAmong(merchant, ids))]).toEqual(["put"]);
    expect([...(await customers.knownAmong(freshMerchant(), ids))]).toEqual([]);
  });

  test("keep metadata under a key that is called __proto__", async () => {
    const [customers, merchant] = [open(), freshMerchant()];
    const metadata = JSON.parse('{"__proto__":"a","b":"c"}');
    await customers.putCustomer(customerOf(merchant, "a", { metadata }));
    const read = await customers.customer(merchant, customerId("a"));
    expect(JSON.stringify(read?.metadata)).toBe('{"__proto__":"a","b":"c"}');
  });

  test("are apart by merchant and by case", async () => {
    const [customers, merchant] = [open(), freshMerchant()];
    await customers.putCustomer(customerOf(merchant, "AbC"));
    expect(await customers.customer(merchant, customerId("abc"))).toBeUndefined();
    expect(await customers.customer(merchantId(merchant.toLowerCase()), customerId("AbC"))).toBeUndefined();
  });
}

function noted(open: () => Customers): void {
  const seen = { known: false, createdAt: at - 1, updatedAt: at - 1 };

  test("are noted once, due, and never overwritten by a note", async () => {
    const [customers, merchant] = [open(), freshMerchant()];
    await customers.noteCustomer(customerOf(merchant, "a", seen), at + 100);
    await customers.noteCustomer(customerOf(merchant, "a"), at + 999);
    expect(await customers.customer(merchant, customerId("a"))).toEqual(customerOf(merchant, "a", seen));
    expect(await dueTimes(customers, merchant, ["a"])).toEqual([at + 100]);
  });

  test("that were put stay as they are when noted, and become due", async () => {
    const [customers, merchant] = [open(), freshMerchant()];
    await customers.putCustomer(customerOf(merchant, "a", whole));
    expect(await dueTimes(customers, merchant, ["a"])).toEqual([undefined]);
    await customers.noteCustomer(customerOf(merchant, "a", seen), at + 100);
    expect(await customers.customer(merchant, customerId("a"))).toEqual(customerOf(merchant, "a", whole));
    expect(await dueTimes(customers, merchant, ["a"])).toEqual([at + 100]);
  });

  test("are put whatever notes come at the same time", async () => {
    const [customers, merchant] = [open(), freshMerchant()];
    const notes = Array.from({ length: 19 }, () => customers.noteCustomer(customerOf(merchant, "a", seen), at));
    await Promise.all([...notes, customers.putCustomer(customerOf(merchant, "a", whole))]);
    expect(await customers.customer(merchant, customerId("a"))).toEqual(customerOf(merchant, "a", whole));
  });
}

function listed(open: () => Customers): void {
  test.for([1, 2, 3, 20, 21, 500])("are listed in order of ids, %i at a time", async (limit) => {
    const [customers, merchant] = [open(), freshMerchant()];
    const ids = Array.from({ length: 20 }, (_, i) => `c${i}`);
    for (const id of [...ids, "C1"]) await customers.putCustomer(customerOf(merchant, id));
    await customers.putCustomer(customerOf(freshMerchant(), "c2"));
    const listed: CustomerId[] = [];
    for (let page = await customers.customers(merchant, { limit }); ; ) {
      expect(page.customers.length).toBeLessThanOrEqual(limit);
      listed.push(...page.customers.map(({ id }) => id));
      if (page.next === undefined) break;
      page = await customers.customers(merchant, { limit, after: page.next });
      expect(page.customers).not.toEqual([]);
    }
    expect(listed).toEqual([...ids, "C1"].toSorted());
  });

  test("are listed whole", async () => {
    const [customers, merchant] = [open(), freshMerchant()];
    await customers.putCustomer(customerOf(merchant, "a", whole));
    const page = await customers.customers(merchant, { limit: 1 });
    expect(page).toEqual({ customers: [customerOf(merchant, "a", whole)] });
    expect(await customers.customers(merchant, { limit: 1, after: customerId("a") })).toEqual({ customers: [] });
  });
}

function among(open: () => Customers): void {
  test("are read many at once, past one batch", async () => {
    const [customers, merchant] = [open(), freshMerchant()];
    const ids = Array.from({ length: 130 }, (_, i) => customerId(`c${i}`));
    const even = ids.filter((_, i) => i % 2 === 0).map((id) => customerOf(merchant, id, { ...whole, name: id }));
    await Promise.all(even.map((customer) => customers.putCustomer(customer)));
    const found = await customers.customersAmong(merchant, [...ids, ...ids.slice(0, 3)]);
    const byId = (a: { readonly id: string }, b: { readonly id: string }) => (a.id < b.id ? -1 : 1);
    expect(found.toSorted(byId)).toEqual(even.toSorted(byId));
    expect(await customers.customersAmong(merchant, [])).toEqual([]);
    expect(await customers.customersAmong(freshMerchant(), ids)).toEqual([]);
  });

  test("are due each at its own time, the last that was named", async () => {
    const [customers, merchant] = [open(), freshMerchant()];
    const all = Array.from({ length: 60 }, (_, i) => ({ customer: customerId(`c${i}`), dueAt: at + i }));
    await customers.setDue(merchant, []);
    await customers.setDue(merchant, [{ customer: customerId("c7"), dueAt: 1 }, ...all]);
    const ids = all.map(({ customer }) => customer);
    expect(await dueTimes(customers, merchant, ids)).toEqual(all.map(({ dueAt }) => dueAt));
  });
}

async function dueTimes(customers: Customers, merchant: MerchantId, ids: readonly string[]) {
  const times: (number | undefined)[] = [];
  for (const id of ids) {
    const found = await customers.due(dueBucketOf(merchant, customerId(id)), at * 2, 1000);
    times.push(found.find((one) => one.merchant === merchant && one.customer === id)?.dueAt);
  }
  return times;
}

function due(open: () => Customers): void {
  test("are found when their time has come, the longest due first", async () => {
    const [customers, merchant] = [open(), freshMerchant()];
    const id = customerId("a");
    const others = Array.from({ length: 1000 }, (_, i) => customerId(`o${i}`));
    const bucket = dueBucketOf(merchant, id);
    const inBucket = others.filter((other) => dueBucketOf(merchant, other) === bucket);
    expect(inBucket.length).toBeGreaterThan(1);
    // Earlier than all other tests: the bucket is shared by all merchants.
    await customers.setDue(merchant, [{ customer: id, dueAt: 1000 }]);
    for (const [i, other] of inBucket.entries())
      await customers.setDue(merchant, [{ customer: other, dueAt: 999 - i }]);
    const all = [...inBucket.toReversed(), id];
    expect((await customers.due(bucket, 1000, 100)).map(({ customer }) => customer)).toEqual(all);
    expect((await customers.due(bucket, 999, 100)).map(({ customer }) => customer)).toEqual(all.slice(0, -1));
    expect((await customers.due(bucket, 1000, 2)).map(({ customer }) => customer)).toEqual(all.slice(0, 2));
    for (const customer of all) await customers.setDue(merchant, [{ customer, dueAt: at }]);
    expect(await customers.due(bucket, 1000, 100)).toEqual([]);
  });

  test("move with each new date, and are no profiles", async () => {
    const [customers, merchant] = [open(), freshMerchant()];
    for (const dueAt of [at + 5, at + 9, at + 7])
      await customers.setDue(merchant, [{ customer: customerId("a"), dueAt }]);
    expect(await dueTimes(customers, merchant, ["a"])).toEqual([at + 7]);
    expect(await customers.customer(merchant, customerId("a"))).toBeUndefined();
    await customers.putCustomer(customerOf(merchant, "a", whole));
    await customers.setDue(merchant, [{ customer: customerId("a"), dueAt: at + 8 }]);
    expect(await customers.customer(merchant, customerId("a"))).toEqual(customerOf(merchant, "a", whole));
    expect(await dueTimes(customers, merchant, ["a"])).toEqual([at + 8]);
  });
}
