import { reportConservation } from "@farthing/billing";
import { accountId, listEntries, trialBalance } from "@farthing/ledger";
import { expectOk, formatPicos, picosFrom } from "@farthing/money";
import { expect, inject, test } from "vitest";
import { busiest, busiestOfEach, tablesThatCountWrites } from "./counted-writes.ts";
import { centsOf, chargedHour, customersOf, merchant, settledRun, settlementId } from "./settled-run.ts";

/** Five chunks of a settlement, so that a key of the books that each chunk writes is busier than the test lets one be. */
const invoices = Number(process.env.FARTHING_LEDGER_INVOICES ?? 420);

/** Writes of a run that may meet on one key of any table or index: one in sixteen of its invoices, and a few. */
const mostOnOneKey = invoices / 16 + 30;

const tenths = (number: number) => Math.round(number * 10) / 10;

/** Which keys are the books'. */
const isOfTheBooks = (key: string) => / (book|cause|posted-chunk|closes)#/.test(key);

test(`${invoices} invoices are sealed and posted in one run, and no key of a table or an index is busy`, {
  timeout: 600_000,
}, async () => {
  const prefix = `run-${process.pid}-${Math.round(performance.now())}`;
  const { table, writes, requests, stop } = await tablesThatCountWrites(inject("dynamoEndpoint"), prefix);
  let [began, requestsBefore] = [0, 0];
  const stores = await settledRun(table("log"), table("registry"), invoices, () => {
    [began, requestsBefore] = [performance.now(), requests()];
  });
  const seconds = (performance.now() - began) / 1000;
  const requestsAfter = requests();

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

  // From the first event to the last posting: also what noting the customers and rolling their hour wrote.
  const books = busiest(writes, isOfTheBooks);
  const places = busiestOfEach(writes);
  expect(books.all).toBeGreaterThanOrEqual(2 * invoices);
  expect(books.most).toBeLessThanOrEqual(4);
  expect(places.map(({ key }) => key.split(" ")[0]).toSorted()).toEqual(["log", "registry", "registry.gsi1"]);
  for (const { most, key } of places) expect(most, key).toBeLessThanOrEqual(mostOnOneKey);

  // What became of every event, over all of those customers.
  const [asked, reportBegan] = [requests(), performance.now()];
  const report = await reportConservation({ ...stores, journal: stores.rolls }, { merchant, ...chargedHour });
  const reportSeconds = (performance.now() - reportBegan) / 1000;
  expect(expectOk(report)).toMatchObject({ accepted: invoices, billed: invoices, gap: 0 });
  const requestsACustomer = (requests() - asked) / invoices;
  expect(requestsACustomer).toBeLessThan(4);
  stop();
  console.log(
    JSON.stringify({
      measure: "a run sealed and posted, on DynamoDB Local",
      invoices,
      seconds: tenths(seconds),
      requestsAnInvoice: tenths((requestsAfter - requestsBefore) / invoices),
      writesToTables: busiest(writes, (key) => !key.includes(".gsi")).all,
      mostWritesOnOneKey: Object.fromEntries(places.map(({ key, most }) => [key, most])),
      writesOfTheBooks: books.all,
      mostWritesOnOneKeyOfTheBooks: books.most,
      keysOfTheBooks: books.keys,
      conservation: { seconds: tenths(reportSeconds), requestsACustomer: tenths(requestsACustomer) },
    }),
  );
});
