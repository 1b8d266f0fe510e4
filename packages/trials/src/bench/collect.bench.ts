import { invoiceId, workCollections } from "@farthing/billing";
import {
  dynamoAccountLog,
  dynamoCollectionRuns,
  dynamoCollections,
  dynamoRailCustomers,
} from "@farthing/billing/dynamo";
import { stripeRails } from "@farthing/billing/stripe";
import { startStripe } from "@farthing/local/stripe";
import { collectingWorld, merchant } from "../collection/collecting-world.ts";
import { countedDynamo } from "./dynamo-merchant.ts";
import { cpuSeconds, print, round } from "./measure.ts";

const invoices = 500;

/** What collecting a settlement takes: over DynamoDB Local and HTTP, each invoice of a customer with a saved card. */
export async function benchCollect(): Promise<void> {
  const store = await countedDynamo();
  const http = await startStripe();
  try {
    const registry = store.table("registry");
    const { hostname: host, port } = new URL(http.url);
    const over = {
      collections: dynamoCollections(registry),
      runs: dynamoCollectionRuns(registry),
      railCustomers: dynamoRailCustomers(registry),
      account: dynamoAccountLog(registry),
      rail: stripeRails({ secretKey: "sk_test_bench", host, port, protocol: "http" }),
    };
    const world = collectingWorld({ over });
    const headers = { authorization: "Bearer sk_test_bench" };
    const ids: string[] = [];
    for (let at = 0; at < invoices; at++) {
      const ref = await world.seal({ customer: `c${at}`, total: "12.34" });
      const made = await fetch(`${http.url}/v1/customers`, { method: "POST", headers });
      const { id }: { readonly id: string } = Object(await made.json());
      const attach = `${http.url}/v1/payment_methods/pm_card_visa/attach`;
      await (await fetch(attach, { method: "POST", headers, body: `customer=${id}` })).arrayBuffer();
      await over.railCustomers.noteRailCustomer(merchant, ref.customer, id);
      ids.push(invoiceId(ref));
    }
    store.counted.requests = 0;
    const began = performance.now();
    const cpu = await cpuSeconds(async () => {
      await workCollections(world.stores, { ask: "open", merchant, settlement: "st_1" });
      await world.work();
    });
    const seconds = (performance.now() - began) / 1000;
    const taken = http.stripe.shelves.all("movement").length;
    if (taken !== invoices) throw new Error(`${taken} of ${invoices} invoices were collected`);
    print({
      measure: "collect, against the server that answers for Stripe, on DynamoDB Local",
      unit: "store requests an invoice",
      value: round(store.counted.requests / invoices),
      baseline: { what: "the one transaction that notes a payment with its fact", value: 1 },
      invoicesPerSecond: Math.round(invoices / seconds),
      cpuMsPerInvoice: round((cpu / invoices) * 1000),
      railRequestsPerInvoice: 3,
    });
  } finally {
    await http.stop();
    await store.stop();
  }
}
