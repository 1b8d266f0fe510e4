import { createSettlement, firstDue, type SettlementStores, takeStep } from "@farthing/billing";
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
import {
  type Fact,
  firstShardPlan,
  inParallel,
  rollClosedHours,
  type ShardRollStores,
  storeFacts,
} from "@farthing/metering";
import { dynamoMeterSets, dynamoRollProgress, dynamoShardPlans, dynamoStatementLog } from "@farthing/metering/dynamo";
import { memoryJournal } from "@farthing/metering/memory";
import { type CustomerId, customerId, expectOk, merchantId } from "@farthing/money";
import { dynamoPlans } from "@farthing/pricing/dynamo";
import { dynamoTerms } from "../support/dynamo-terms.ts";

export const merchant = merchantId("run");
export const settlementId = "st_run";
const hourMs = 3_600_000;
const start = Date.UTC(2026, 10, 1, 1);

/** The hour of every charge. Units: milliseconds. */
export const chargedHour = { from: start, to: start + hourMs };

type Table = Parameters<typeof dynamoSeals>[0];

/** What a customer was charged. Units: cents; the charge itself is finer. */
export const centsOf = (n: number): number => 100 + (n % 97);

/** The customers of a run, in order. */
export function customersOf(invoices: number): readonly CustomerId[] {
  return Array.from({ length: invoices }, (_, n) => customerId(`cus_${String(n).padStart(6, "0")}`));
}

/**
 * Charges that many customers once each, rolls their hour, and settles them in one run whose messages are worked off four at
 * a time, all on DynamoDB but for the journal and the queues. Answers the stores.
 */
export async function settledRun(log: Table, registry: Table, invoices: number, onSettle: () => void) {
  let now = start + hourMs - 10_000;
  const { stores, queue } = openStores({ log, registry }, { now: () => now });
  await stores.rolls.plans.startShardPlan(merchant, firstShardPlan(start));
  await stores.meters.publishMeters(merchant, { revision: 1, meters: [] });
  const facts = customersOf(invoices).map((customer, n): Fact => {
    const data = { amount: `1.${String(centsOf(n) - 100).padStart(2, "0")}004`, currency: "USD" };
    const common = { customer, source: undefined, serverTime: false, data } as const;
    return { kind: "event", id: `e${n}`, type: "charge", time: start, ...common };
  });
  for (let at = 0; at < facts.length; at += 1_000)
    expectOk(await storeFacts(stores.rolls, { merchant, facts: facts.slice(at, at + 1_000), receivedAt: now }));
  now += 30_000;
  await rollClosedHours(stores.rolls, { merchant, shard: 0 });
  onSettle();
  await createSettlement({ ...stores, ids: { unique: () => "run" } }, { merchant, body: { through: now } });
  while (queue.asked.length > 0) await inParallel(4, queue.asked.splice(0), (step) => takeStep(stores, step));
  return stores;
}

function openStores({ log, registry }: Readonly<Record<"log" | "registry", Table>>, clock: { now(): number }) {
  const statements = dynamoStatementLog(log);
  const customers = dynamoCustomers(registry);
  const meters = dynamoMeterSets(registry);
  const rolls: ShardRollStores = {
    log: statements,
    journal: memoryJournal(),
    progress: dynamoRollProgress(log),
    plans: dynamoShardPlans(registry),
    meters,
    register: {
      noteCustomer: ({ customer: id }: { customer: CustomerId }) =>
        customers.noteCustomer({ merchant, id, known: false, createdAt: 0, updatedAt: 0 }, firstDue(clock.now())),
    },
    clock,
  };
  const queue = memorySettlementQueue();
  const stores: SettlementStores = {
    rolls,
    log: statements,
    meters,
    customers,
    clock,
    queue,
    plans: dynamoPlans(registry),
    subscriptions: dynamoSubscriptions(registry),
    seals: dynamoSeals(log, statements),
    indexes: dynamoChargeIndexes(log, statements),
    account: dynamoAccountLog(registry),
    settlements: dynamoSettlements(registry),
    invoices: dynamoInvoiceIndex(registry),
    numbers: dynamoInvoiceNumbers(registry),
    books: dynamoBooks(log),
    announcements: { announce: async () => undefined },
    terms: dynamoTerms(registry),
    sellers: { seller: async () => ({ name: "Shop" }), terms: async () => ({}) },
  };
  return { stores, queue };
}
