import {
  type Customer,
  createSettlement,
  firstDue,
  KnownCustomers,
  type SettlementStores,
  takeStep,
} from "@farthing/billing";
import {
  dynamoAccountLog,
  dynamoChargeIndexes,
  dynamoCustomers,
  dynamoInvoiceIndex,
  dynamoInvoiceNumbers,
  dynamoSeals,
  dynamoSettlements,
  dynamoSubscriptions,
} from "@farthing/billing/dynamo";
import { memorySettlementQueue } from "@farthing/billing/memory";
import { dynamoBooks } from "@farthing/ledger/dynamo";
import { acceptEvents, firstShardPlan, rollClosedHours, type ShardRollStores } from "@farthing/metering";
import { dynamoMeterSets, dynamoRollProgress, dynamoShardPlans, dynamoStatementLog } from "@farthing/metering/dynamo";
import { memoryRejections } from "@farthing/metering/memory";
import { currency, customerId, decimal } from "@farthing/money";
import type { Plan } from "@farthing/pricing";
import { dynamoPlans } from "@farthing/pricing/dynamo";
import { countedStore } from "../bench/dynamo-merchant.ts";
import { merchant, meters } from "../bench/memory-merchant.ts";
import { batches, workload } from "../bench/workload.ts";
import { dynamoTerms } from "../support/dynamo-terms.ts";
import type { Units, UnitsByStep, Workload } from "./units.ts";

const hourMs = 3_600_000;
const start = Date.UTC(2026, 10, 1, 1);

const plan: Plan = {
  merchant,
  key: "basic",
  version: 1,
  createdAt: 0,
  currency: currency("USD"),
  interval: "month",
  prices: meters.map(({ key }) => ({ key, model: "per_unit", meter: key, unitPrice: decimal("0.0004") })),
};

/**
 * Runs a workload from ingest to sealed invoices on DynamoDB Local, and gives the units that it reports for each step.
 *
 * Errors: throws where an event is refused, or an invoice is missing.
 */
export async function measureUnits(endpoint: string, asked: Workload): Promise<UnitsByStep> {
  const store = await countedStore(endpoint, `cost-${process.pid}-${performance.now()}`.replace(/[^\w-]/g, "-"));
  let now = start;
  const stores = await openStores(store, { now: () => now });
  await readyCustomers(stores, asked.customersAnHour, start);
  const taken = (): Units => {
    const { writeUnits: write, readUnits: read } = store.counted;
    Object.assign(store.counted, { writeUnits: 0, readUnits: 0 });
    return { write, read };
  };
  taken();
  const [ingest, roll]: Units[][] = [[], []];
  const hours = Math.round(asked.events / (asked.customersAnHour * asked.eventsACustomerHour));
  for (let hour = 0; hour < hours; hour++) {
    now = start + hour * hourMs + hourMs - 10_000;
    await sendHour(stores, asked, hour);
    ingest?.push(taken());
    now += 30_000;
    await rollClosedHours(stores.rolls, { merchant, shard: 0 });
    roll?.push(taken());
  }
  await settle(stores, now);
  return { ingest: sumOf(ingest ?? []), roll: sumOf(roll ?? []), settle: taken() };
}

type Store = Awaited<ReturnType<typeof countedStore>>;
type Stores = Awaited<ReturnType<typeof openStores>>;

async function openStores(store: Store, clock: { now(): number }) {
  const log = dynamoStatementLog(store.table("log"));
  const customers = dynamoCustomers(store.table("registry"));
  const meterSets = dynamoMeterSets(store.table("registry"));
  const plans = dynamoPlans(store.table("registry"));
  const shardPlans = dynamoShardPlans(store.table("registry"));
  await shardPlans.startShardPlan(merchant, firstShardPlan(start));
  await meterSets.publishMeters(merchant, { revision: 1, meters });
  await plans.addPlan(plan);
  const register = {
    noteCustomer: ({ customer: id }: { customer: Customer["id"] }) =>
      customers.noteCustomer({ merchant, id, known: false, createdAt: 0, updatedAt: 0 }, firstDue(clock.now())),
  };
  const progress = dynamoRollProgress(store.table("log"));
  const common = { log, journal: store.journal, meters: meterSets, clock };
  const rolls: ShardRollStores = { ...common, progress, plans: shardPlans, register };
  const queue = memorySettlementQueue();
  const settling: SettlementStores = {
    ...common,
    rolls,
    customers,
    plans,
    queue,
    indexes: dynamoChargeIndexes(store.table("log"), log),
    subscriptions: dynamoSubscriptions(store.table("registry")),
    seals: dynamoSeals(store.table("log"), log),
    account: dynamoAccountLog(store.table("registry")),
    settlements: dynamoSettlements(store.table("registry")),
    invoices: dynamoInvoiceIndex(store.table("registry")),
    numbers: dynamoInvoiceNumbers(store.table("registry")),
    books: dynamoBooks(store.table("log")),
    sellers: { seller: async () => ({ name: "Shop" }), terms: async () => ({}) },
    announcements: { announce: async () => undefined },
    terms: dynamoTerms(store.table("registry")),
  };
  // A warm function keeps the shard plan, the meters and whom it knows; so their reads are a handful an hour, not a request.
  const warm = { shardPlan: async () => firstShardPlan(start) };
  const kept = { currentMeters: async () => ({ revision: 1, meters }) };
  const known = new KnownCustomers({ knownAmong: async (_, ids) => new Set(ids) }, clock);
  const ingest = {
    ...rolls,
    plans: { ...shardPlans, ...warm },
    meters: kept,
    customers: known,
    rejections: memoryRejections(),
  };
  return { ingest, rolls, settling, queue };
}

/** Puts and subscribes the customers before anything is counted: they are made once, not with each event. */
async function readyCustomers({ settling }: Stores, count: number, createdAt: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    const id = customerId(`cus_${String(i).padStart(6, "0")}`);
    await settling.customers.putCustomer({ merchant, id, known: true, createdAt, updatedAt: createdAt });
    await settling.customers.setDue(merchant, [{ customer: id, dueAt: firstDue(createdAt) }]);
    const by = { plan: plan.key, planVersion: 1, interval: "month", timezone: "UTC" } as const;
    const since = { start: createdAt - hourMs, flatFrom: createdAt, createdAt };
    await settling.subscriptions.addSubscription({ merchant, customer: id, id: `s-${id}`, ...by, ...since });
  }
}

async function sendHour({ ingest }: Stores, asked: Workload, hour: number): Promise<void> {
  const { customersAnHour: customers, eventsACustomerHour, batch } = asked;
  const events = customers * eventsACustomerHour;
  const stream = workload({ events, customers, hourStartMs: start + hour * hourMs, seed: hour + 1, evenly: true });
  for (const sent of batches(stream, batch)) {
    const text = JSON.stringify({ events: sent });
    const receivedAt = ingest.clock.now();
    const answer = await acceptEvents(ingest, { merchant, text, kind: "json", backfill: false, receivedAt });
    if (!answer.ok || answer.value.accepted !== sent.length) throw new Error("events of the workload were refused");
  }
}

async function settle({ settling, queue }: Stores, through: number): Promise<void> {
  const ids = { unique: () => "measured" };
  await createSettlement({ ...settling, ids }, { merchant, body: { through } });
  for (let step = queue.asked.shift(); step !== undefined; step = queue.asked.shift()) await takeStep(settling, step);
}

function sumOf(parts: readonly Units[]): Units {
  return parts.reduce((sum, { write, read }) => ({ write: sum.write + write, read: sum.read + read }), {
    write: 0,
    read: 0,
  });
}
