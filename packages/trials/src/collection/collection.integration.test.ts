import { type CollectionWorkStores, invoiceId, refundInvoice, workCollections } from "@farthing/billing";
import {
  dynamoAccountLog,
  dynamoCollectionRuns,
  dynamoCollections,
  dynamoRailCustomers,
} from "@farthing/billing/dynamo";
import {
  createTestTables,
  documentClient,
  type TestTableNames,
  testClient,
} from "@farthing/metering/dynamo-test-tables";
import { picos } from "@farthing/money";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { survives } from "../support/mortal-port.ts";
import { collectingWorld, day, merchant } from "./collecting-world.ts";
import { countCalls, type Fate, mortalStores } from "./mortal.ts";

const base = testClient(inject("dynamoEndpoint"));
const client = documentClient(base);
const prefix = `collection-${process.pid}-${Date.now()}`;
let tables: TestTableNames;
beforeAll(async () => {
  tables = await createTestTables(base, prefix);
});
afterAll(() => base.destroy());

/** One invoice in DynamoDB, of a customer of its own, collected and then given back in part; what it takes in calls. */
async function story(customer: string, fate: Fate | "count") {
  const registry = { client, table: tables.registry };
  const over = {
    collections: dynamoCollections(registry),
    runs: dynamoCollectionRuns(registry),
    railCustomers: dynamoRailCustomers(registry),
  };
  const world = collectingWorld({ over: { ...over, account: dynamoAccountLog(registry) } });
  await world.saveCard(customer, "pm_card_visa");
  const ref = await world.seal({ customer, total: "20.00" });
  const ask = { ask: "open", merchant, settlement: "st_1" } as const;
  const refund = { merchant, invoice: invoiceId(ref), amount: picos("5"), key: "k" };
  const run = async (stores: CollectionWorkStores) => {
    await workCollections(stores, ask);
    await world.work(stores);
    await refundInvoice(stores, refund);
  };
  const calls = fate === "count" ? await countCalls(run, world.stores) : 0;
  if (fate !== "count") {
    await survives(() => run(mortalStores(world.stores, { fate })));
    // The message comes again, the refund is asked for again, and time passes.
    await workCollections(world.stores, ask);
    await world.work();
    for (let hours = 0; hours < 3; hours++) {
      world.pass(day / 24);
      const due = { ask: "collect", merchant, invoices: [invoiceId(ref)] } as const;
      await workCollections(world.stores, due);
      await refundInvoice(world.stores, refund);
    }
  }
  return { calls, world, ref };
}

test("killed before or after any call, an invoice is collected once and given back once", async () => {
  const { calls } = await story("count", "count");
  expect(calls).toBeGreaterThan(20);
  for (let call = 1; call <= calls; call++) {
    for (const acted of [false, true]) {
      const { world, ref } = await story(`c${call}${acted}`, { call, acted });
      const collection = await world.stores.collections.collection(ref);
      expect({ call, acted, collection }).toMatchObject({
        collection: { status: "paid", notices: [], refunds: [{ status: "done" }] },
      });
      const { shelves } = world.stripe;
      expect(shelves.all("movement").map(({ amount }) => amount)).toEqual([2000, -500]);
    }
  }
  const facts = await dynamoCollections({ client, table: tables.registry }).facts(merchant, "2026-11-02");
  expect(facts.filter(({ kind }) => kind === "payment")).toHaveLength(2 * calls + 1);
  expect(facts.filter(({ kind }) => kind === "refund")).toHaveLength(2 * calls + 1);
}, 240_000);
