import { type CustomerId, customerId, merchantId } from "@farthing/money";
import { describe, expect, test } from "vitest";
import { firstDue, KnownCustomers } from "./known-customers.ts";
import { memoryCustomers } from "./memory.ts";
import { ann, bob, merchant, month, start } from "./world.fixture.ts";

async function lookup() {
  const store = memoryCustomers();
  let now = start;
  const asked: CustomerId[] = [];
  const customer = async (...[owner, id]: Parameters<typeof store.customer>) => {
    asked.push(id);
    return await store.customer(owner, id);
  };
  const known = new KnownCustomers({ customer }, { now: () => now });
  const put = (id: CustomerId, isKnown = true) =>
    store.putCustomer({ merchant, id, known: isKnown, createdAt: start, updatedAt: start });
  await put(ann);
  await put(bob, false);
  const ask = async (...ids: CustomerId[]) => [...(await known.knownCustomers(merchant, ids))];
  return { asked, ask, put, known, wait: (ms: number) => (now += ms) };
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

  test.for([
    { count: 100, known: 0 },
    { count: 101, known: 1 },
  ])("of $count that nobody knows takes $known as known: it asks for 100 a request", async ({ count, known }) => {
    const { ask, asked } = await lookup();
    const ids = Array.from({ length: count }, (_, i) => customerId(`c${i}`));
    expect(await ask(...ids)).toHaveLength(known);
    expect(asked).toHaveLength(100);
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
