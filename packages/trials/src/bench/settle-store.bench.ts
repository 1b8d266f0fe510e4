import { rollEverything, type SettlementStores, settleCustomer } from "@farthing/billing";
import { dynamoCustomers, dynamoSeals, dynamoSubscriptions } from "@farthing/billing/dynamo";
import { acceptEvents } from "@farthing/metering";
import { dynamoMeterSets, dynamoRollProgress, dynamoShardPlans, dynamoStatementLog } from "@farthing/metering/dynamo";
import { customerId } from "@farthing/money";
import { dynamoTerms } from "../support/dynamo-terms.ts";
import { countedDynamo } from "./dynamo-merchant.ts";
import { cpuSeconds, print, round } from "./measure.ts";
import { memoryMerchant, merchant } from "./memory-merchant.ts";
import { batches, workload } from "./workload.ts";

const customers = 200;

/** What sealing costs with its store: requests an invoice and time, on DynamoDB Local; beside one put an invoice. */
export async function benchSettleStore(): Promise<void> {
  const hourStartMs = Date.UTC(2026, 10, 22, 10);
  let now = hourStartMs;
  const store = await countedDynamo();
  try {
    const { ingest, rolls, settling } = await memoryMerchant({ now: () => now });
    const log = dynamoStatementLog(store.table("log"));
    const meters = dynamoMeterSets(store.table("registry"));
    const plans = dynamoShardPlans(store.table("registry"));
    await meters.publishMeters(merchant, await rolls.meters.currentMeters(merchant));
    await plans.startShardPlan(merchant, await rolls.plans.shardPlan(merchant));
    const progress = dynamoRollProgress(store.table("log"));
    const rolling = { ...rolls, log, meters, plans, progress, journal: store.journal };
    const all = [...workload({ events: customers * 25, customers, hourStartMs })];
    for (const batch of batches(all, 500)) {
      const text = JSON.stringify({ events: batch });
      const late = { now: () => hourStartMs + 3_599_000 };
      const request = { merchant, text, kind: "json", backfill: true, receivedAt: now } as const;
      await acceptEvents({ ...ingest, journal: store.journal, clock: late }, request);
    }
    now = hourStartMs + 3_700_000;
    await rollEverything(rolling, merchant, 0);
    const stores: SettlementStores = {
      ...settling,
      log,
      meters,
      customers: dynamoCustomers(store.table("registry")),
      subscriptions: dynamoSubscriptions(store.table("registry")),
      seals: dynamoSeals(store.table("log"), log),
      terms: dynamoTerms(store.table("registry")),
    };
    store.counted.requests = 0;
    const ids = [...new Set(all.map(({ customer }) => customerId(customer)))];
    const began = performance.now();
    const cpu = await cpuSeconds(async () => {
      for (const customer of ids) {
        const settlement = { id: "bench", through: now, cutAt: "through", createdAt: now, dryRun: false } as const;
        await settleCustomer(stores, { merchant, customer }, settlement);
      }
    });
    const seconds = (performance.now() - began) / 1000;
    print({
      measure: "settle, on DynamoDB Local",
      unit: "store requests a customer",
      value: round(store.counted.requests / ids.length),
      baseline: { what: "the one conditional put that a seal is", value: 1 },
      customersPerSecond: Math.round(ids.length / seconds),
      cpuMsPerCustomer: round((cpu / ids.length) * 1000),
    });
  } finally {
    await store.stop();
  }
}
