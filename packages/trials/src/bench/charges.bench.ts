import { type ChargeStores, listCharges, settleCustomer, writeCharges } from "@farthing/billing";
import { dynamoChargeIndexes, dynamoSeals, dynamoSubscriptions } from "@farthing/billing/dynamo";
import { memoryAccountLog, memorySettlementQueue, memoryTerms } from "@farthing/billing/memory";
import { hourOf, hourPlus, pagesOf, type Statement, type StatementLog } from "@farthing/metering";
import { dynamoMeterSets, dynamoStatementLog } from "@farthing/metering/dynamo";
import { customerId, formatPicos } from "@farthing/money";
import type { Plan } from "@farthing/pricing";
import { dynamoPlans } from "@farthing/pricing/dynamo";
import { countedDynamo, countedStore } from "./dynamo-merchant.ts";
import { chargedMeters, chargedPlans, largeMonth, monthEnd } from "./large-month.ts";
import { cpuSeconds, print, round } from "./measure.ts";
import { merchant } from "./memory-merchant.ts";

const ref = { merchant, customer: customerId("cus_000000") };
const perPage = 500;
const runs = 10;

type Store = Awaited<ReturnType<typeof countedDynamo>>;

interface Bench {
  readonly dynamo: Store;
  /** The log in memory, in which cursors are found sooner. */
  readonly month: StatementLog;
  readonly log: StatementLog;
  readonly events: number;
}

/** What pages of charges cost, on DynamoDB Local: the first, at half and the last of a month of one customer's events. */
export async function benchCharges({ events }: { readonly events: number }): Promise<void> {
  const dynamo = await countedDynamo();
  try {
    const month = await largeMonth({ events });
    const log = dynamoStatementLog(dynamo.table("log"));
    for (const statement of await month.entriesFrom(ref, 1)) await copyStatement(month, log, statement);
    for (const plan of chargedPlans) await benchPlan({ dynamo, month, log, events }, plan);
  } finally {
    await dynamo.stop();
  }
}

async function copyStatement(from: StatementLog, to: StatementLog, statement: Statement): Promise<void> {
  const { page } = statement;
  const chunks = page.kind === "chunks" ? page.rows.length + page.fingerprints : 0;
  for (let index = 0; page.kind === "chunks" && index < chunks; index++)
    await to.putChunk(ref, page.key, index, await from.chunk(ref, page.key, index));
  await to.append(ref, statement);
}

async function benchPlan(bench: Bench, plan: Plan): Promise<void> {
  const { dynamo, month, log, events } = bench;
  const store = await countedStore(dynamo.endpoint, `charges-${plan.key}`);
  const stores = { ...(await plannedStores(store, plan)), log };
  const exact = await seal({ ...stores, log: month });
  const pages = await pagesIn({ ...stores, log: month }, { events, exact });
  const written = await cpuSeconds(() => writeCharges(stores, { customer: ref, seal: 1 }));
  const name = { customer: ref, seal: 1, currency: plan.currency };
  const isWritten = (await stores.indexes.chargeIndex(name)) !== undefined;
  const times: Record<string, number> = {};
  const requests = [store.counted.requests, dynamo.counted.requests];
  for (const [place, after] of Object.entries(pages)) times[place] = await leastMs(() => page(stores, after));
  const made = store.counted.requests + dynamo.counted.requests - (requests[0] ?? 0) - (requests[1] ?? 0);
  print({
    measure: `a page of ${perPage} charges of ${events} events, ${plan.key}, on DynamoDB Local`,
    unit: "ms, the slowest of three places",
    value: Math.max(...Object.values(times)),
    baseline: { what: "reading the rows of one hour", value: await leastMs(() => readHour(log)) },
    bound: "at most 300",
    ...times,
    requests: round(made / (runs * Object.keys(pages).length)),
    ...(isWritten ? { writtenCpuSeconds: round(written) } : {}),
  });
}

async function plannedStores(store: Awaited<ReturnType<typeof countedStore>>, plan: Plan) {
  const registry = store.table("registry");
  const own = dynamoStatementLog(store.table("log"));
  const stores = {
    meters: dynamoMeterSets(registry),
    plans: dynamoPlans(registry),
    subscriptions: dynamoSubscriptions(registry),
    seals: dynamoSeals(store.table("log"), own),
    indexes: dynamoChargeIndexes(store.table("log"), own),
    queue: memorySettlementQueue(),
  };
  await stores.meters.publishMeters(merchant, { revision: 1, meters: [] });
  await stores.meters.publishMeters(merchant, chargedMeters);
  await stores.plans.addPlan(plan);
  const period = { interval: "month", timezone: "UTC", start: 0, flatFrom: monthEnd, createdAt: 0 } as const;
  await stores.subscriptions.addSubscription({ ...ref, id: "s", plan: plan.key, planVersion: 1, ...period });
  return stores;
}

type Stores = Awaited<ReturnType<typeof plannedStores>> & { readonly log: StatementLog };

/** Bills the month. */
async function seal(stores: Stores): Promise<string> {
  const settlement = { id: "bench", through: monthEnd, cutAt: "through", createdAt: 0, dryRun: false } as const;
  const customers = { customer: async () => undefined };
  const sealing = {
    ...stores,
    customers,
    account: memoryAccountLog(),
    terms: memoryTerms(),
    clock: { now: () => monthEnd },
  };
  const made = (await settleCustomer(sealing, ref, settlement)).seal?.invoices[0]?.exact;
  if (made === undefined) throw new Error("the bench's month was not billed");
  return formatPicos(made);
}

/** Where the first page begins, one in the middle and the last; throws where the charges are not what was billed. */
async function pagesIn(stores: ChargeStores, { events, exact }: { readonly events: number; readonly exact: string }) {
  const half = Math.floor(events / 2);
  const middle = (await charges(stores, half, undefined)).next;
  const last = (await charges(stores, events - half - perPage, middle)).next;
  const { items, next } = await charges(stores, perPage, last);
  if (next !== undefined || items.at(-1)?.running !== exact) throw new Error("the bench's charges are not its bill");
  return { firstMs: undefined, middleMs: middle, lastMs: last };
}

async function charges(stores: ChargeStores, limit: number, after: string | undefined) {
  const answer = await listCharges(stores, { merchant, id: "inv_cus_000000_1_USD", limit, after });
  if (!answer.ok || answer.value.items.length !== limit) throw new Error("a page of the bench's charges is not full");
  return answer.value;
}

async function page(stores: ChargeStores, after: string | undefined): Promise<void> {
  await charges(stores, perPage, after);
}

async function readHour(log: StatementLog): Promise<void> {
  const hour = hourOf(monthEnd - 1);
  for (const statement of await log.entriesOfHours(ref, hour, hourPlus(hour, 1))) await pagesOf(log, ref, statement);
}

/** The best of ten, what others on the machine disturbed least. */
async function leastMs(task: () => Promise<void>): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run++) {
    const began = performance.now();
    await task();
    least = Math.min(least, performance.now() - began);
  }
  return round(least);
}
