import { accountId, listEntries, trialBalance } from "@farthing/ledger";
import { expectOk, formatPicos, picosFrom } from "@farthing/money";
import { expect, inject, test } from "vitest";
import { busiest, tablesThatCountWrites } from "./counted-writes.ts";
import { centsOf, customersOf, merchant, settledRun, settlementId } from "./settled-run.ts";

/** Five chunks of a settlement, so that a key of the books that each chunk writes is busier than the test lets one be. */
const invoices = Number(process.env.FARTHING_LEDGER_INVOICES ?? 420);

/** Which keys are the books'. */
const isOfTheBooks = (key: string) => / (book|cause|posted-chunk|closes)#/.test(key);

test(`${invoices} invoices are sealed and posted in one run, and no key of the books is busy`, {
  timeout: 600_000,
}, async () => {
  const prefix = `run-${process.pid}-${Math.round(performance.now())}`;
  const { table, writes, stop } = await tablesThatCountWrites(inject("dynamoEndpoint"), prefix);
  let began = 0;
  const before = new Map<string, number>();
  const stores = await settledRun(table("log"), table("registry"), invoices, () => {
    began = performance.now();
    for (const [key, count] of writes) before.set(key, count);
  });
  const seconds = (performance.now() - began) / 1000;
  const settled = new Map([...writes].map(([key, count]) => [key, count - (before.get(key) ?? 0)]));

  const settlement = await stores.settlements.settlement(merchant, settlementId);
  expect(settlement).toMatchObject({ status: "done", invoiceCount: invoices });

  // The sums, from the charges alone: each is so many cents and 0.00004.
  const cents = customersOf(invoices).reduce((sum, _, n) => sum + BigInt(centsOf(n)), 0n);
  const fine = 40_000_000n * BigInt(invoices);
  const { accounts } = await trialBalance(stores.books, merchant);
  expect(Object.fromEntries(accounts.map(({ account, balance }) => [accountId(account), balance]))).toEqual({
    "receivable:USD": cents * 10_000_000_000n,
    "revenue:USD": -(cents * 10_000_000_000n + fine),
    "rounding:USD": fine,
  });

  // One entry for the run, with the customers' parts beneath it.
  const whole = expectOk(await listEntries(stores, { merchant, id: "receivable:USD", limit: 500 })).items;
  expect(whole.map(({ cause, facts }) => [cause, facts.invoices])).toEqual([
    [`settlement:${settlementId}`, String(invoices)],
  ]);
  for (const n of [0, 1, invoices - 1]) {
    const id = `receivable:USD:${customersOf(invoices)[n]}`;
    const { items } = expectOk(await listEntries(stores, { merchant, id, limit: 9 }));
    expect(items.map(({ amount }) => amount)).toEqual([formatPicos(picosFrom(BigInt(centsOf(n)) * 10_000_000_000n))]);
  }

  const books = busiest(settled, isOfTheBooks);
  const others = busiest(settled, (key) => !isOfTheBooks(key));
  expect(books.all).toBeGreaterThanOrEqual(2 * invoices);
  expect(books.most).toBeLessThanOrEqual(4);
  stop();
  console.log(
    JSON.stringify({
      measure: "a run sealed and posted, on DynamoDB Local",
      invoices,
      seconds: Math.round(seconds * 10) / 10,
      writes: books.all + others.all,
      writesOfTheBooks: books.all,
      mostWritesOnOneKeyOfTheBooks: books.most,
      keysOfTheBooks: books.keys,
      mostWritesOnAnyOtherKey: { count: others.most, key: others.key.replace(/^\S+-/, "") },
    }),
  );
});
