import { KnownCustomers, type SettlementStores } from "@farthing/billing";
import {
  memoryAccountLog,
  memoryChargeIndexes,
  memoryCustomers,
  memoryInvoiceIndex,
  memoryInvoiceNumbers,
  memorySeals,
  memorySettlementQueue,
  memorySettlements,
  memorySubscriptions,
  memoryTerms,
} from "@farthing/billing/memory";
import { memoryBooks } from "@farthing/ledger/memory";
import { firstShardPlan } from "@farthing/metering";
import {
  memoryJournal,
  memoryMeterSets,
  memoryRejections,
  memoryRollProgress,
  memoryShardPlans,
  memoryStatementLog,
} from "@farthing/metering/memory";
import { memoryPlans } from "@farthing/pricing/memory";
import { merchant, meters } from "./bench-meters.ts";

export { merchant, meters } from "./bench-meters.ts";

/** A merchant over stores in memory, at a time of the bench's own. */
export async function memoryMerchant(clock: { now(): number }) {
  const customers = memoryCustomers();
  const rolls = {
    log: memoryStatementLog(),
    journal: memoryJournal(),
    progress: memoryRollProgress(),
    plans: memoryShardPlans(),
    meters: memoryMeterSets(),
    rejections: memoryRejections(),
    register: {
      noteCustomer: async ({ customer: id }: { customer: Parameters<typeof customers.customer>[1] }) => {
        await customers.noteCustomer({ merchant, id, known: false, createdAt: 0, updatedAt: 0 }, 0);
      },
    },
    clock,
  };
  await rolls.plans.startShardPlan(merchant, firstShardPlan(clock.now()));
  await rolls.meters.publishMeters(merchant, { revision: 1, meters });
  const plans = memoryPlans();
  const settling: SettlementStores = {
    log: rolls.log,
    meters: rolls.meters,
    clock,
    rolls,
    customers,
    plans,
    subscriptions: memorySubscriptions(),
    seals: memorySeals(),
    account: memoryAccountLog(),
    settlements: memorySettlements(),
    invoices: memoryInvoiceIndex(),
    numbers: memoryInvoiceNumbers(),
    books: memoryBooks(),
    sellers: { seller: async () => ({ name: "Shop" }), terms: async () => ({}) },
    terms: memoryTerms(),
    queue: memorySettlementQueue(),
    indexes: memoryChargeIndexes(),
    announcements: { announce: async () => undefined },
  };
  const ingest = { ...rolls, customers: new KnownCustomers(customers, clock) };
  return { rolls, settling, ingest, plans };
}
