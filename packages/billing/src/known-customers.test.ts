import { type CustomerId, customerId, merchantId } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { firstDue, KnownCustomers } from "./known-customers.ts";
import { memoryCustomers } from "./memory.ts";
import { ann, bob, merchant, month, start } from "./world.fixture.ts";

async function lookup() {
  const store = memoryCustomers();
  let now = start;
  const asked: CustomerId[] = [];
  let requests = 0;
  const knownAmong = async (...[owner, ids]: Parameters<typeof store.knownAmong>) => {
    asked.push(...ids);
    requests += 1;
    return await store.knownAmong(owner, ids);
  };
  const known = new KnownCustomers({ knownAmong }, { now: () => now });
  const put = (id: CustomerId, isKnown = true) =>
    store.putCustomer({ merchant, id, known: isKnown, createdAt: start, updatedAt: start });
  await put(ann);
  await put(bob, false);
  const ask = async (...ids: CustomerId[]) => [...(await known.knownCustomers(merchant, ids))];
  return { asked, ask, put, known, requests: () => requests, wait: (ms: number) => (now += ms) };
}

describe("KnownCustomers", () => {
  test("knows those that were put, not those that events named", async () => {
    const { ask } = await lookup();
    expect(await ask(ann, bob, customerId("cid"))).toEqual(["ann"]);
  });

  test.for([
    { waited: 29_999, known: [], why: "an unknown one is remembered for half a minute" },
    { waited: 30_000, known: ["bob"], why: "and no longer" },
  ])("after $waited ms knows $known: $why", async ({ waited, known }) => {
    const { ask, put, wait } = await lookup();
    await ask(bob);
    await put(bob);
    wait(waited);
    expect(await ask(bob)).toEqual(known);
  });

  test("asks for a known one once, for good", async () => {
    const { ask, asked, wait } = await lookup();
    await ask(ann);
    wait(1e12);
    expect(await ask(ann)).toEqual(["ann"]);
    expect(asked).toEqual(["ann"]);
  });

  const strangers = (count: number, prefix = "c") =>
    Array.from({ length: count }, (_, i) => customerId(`${prefix}${i}`));

  test.for([
    { count: 100, known: 0 },
    { count: 101, known: 1 },
  ])("of $count that nobody knows takes $known as known: it asks for 100, at once", async ({ count, known }) => {
    const { ask, asked, requests } = await lookup();
    expect(await ask(...strangers(count))).toHaveLength(known);
    expect(asked).toHaveLength(100);
    expect(requests()).toBe(1);
  });

  test.for([
    { waited: 0, wants: 1, more: 0, why: "the ration of this second is used up" },
    { waited: 10, wants: 1, more: 1, why: "one is earned in ten milliseconds" },
    { waited: 250, wants: 25, more: 25, why: "a quarter of a second earns a quarter" },
    { waited: 250, wants: 26, more: 0, why: "a request asks for all of its own or for none" },
    { waited: 999, wants: 500, more: 0, why: "where it wants more than a ration, it waits for a whole one" },
    { waited: 1_000, wants: 500, more: 100, why: "which a second earns" },
    { waited: 60_000, wants: 500, more: 100, why: "what is not used is not kept" },
  ])("$waited ms later asks for $more of $wants: $why", async ({ waited, wants, more }) => {
    const { ask, asked, wait } = await lookup();
    await ask(...strangers(100));
    wait(waited);
    await ask(...strangers(wants, "d"));
    expect(asked).toHaveLength(100 + more);
  });

  test("rations each merchant by itself", async () => {
    const { ask, asked, known } = await lookup();
    await ask(...strangers(500));
    await known.knownCustomers(merchantId("other"), strangers(500));
    expect(asked).toHaveLength(200);
  });

  test("keeps merchants apart", async () => {
    const { ask, known } = await lookup();
    await ask(ann);
    expect([...(await known.knownCustomers(merchantId("other"), [ann]))]).toEqual([]);
  });
});

test.for([
  { now: month(2), due: month(3) },
  { now: month(3) - 1, due: month(3) },
  { now: month(3), due: month(4) },
])("a customer first seen at $now is due at $due", ({ now, due }) => {
  expect(firstDue(now)).toBe(due);
});
