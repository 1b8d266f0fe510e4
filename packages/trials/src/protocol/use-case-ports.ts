import type { CustomerStores, SettlementStores } from "@farthing/billing";
import { memoryTerms } from "@farthing/billing/memory";
import type { FactStores, RollPlanning, ShardPlans, ShardRollStores, UsagePorts } from "@farthing/metering";
import type { Clock, CustomerId, Ids, MerchantId } from "@farthing/money";
import type { Stores } from "./stores.ts";

/** What the product's use cases take, made of one process's stores and its clock: the wiring that `functions/_kit` does. */
export interface UseCasePorts {
  readonly facts: FactStores;
  readonly rolls: ShardRollStores;
  readonly planning: RollPlanning;
  readonly usage: UsagePorts;
  readonly settling: SettlementStores & { readonly ids: Ids };
  readonly administration: CustomerStores;
}

/** Wires one process. `plans` are the shard plans as its container keeps them. */
export function useCasePorts(stores: Stores, { clock, plans, ids }: { clock: Clock; plans: ShardPlans; ids: Ids }) {
  const { journal, progress, meters, log, customers, subscriptions, seals } = stores;
  const rolls: ShardRollStores = {
    log,
    register: {
      noteCustomer: async ({ merchant, customer: id }) => {
        const now = clock.now();
        await customers.noteCustomer({ merchant, id, known: false, createdAt: now, updatedAt: now }, now);
      },
    },
    journal,
    progress,
    plans,
    meters,
    clock,
  };
  return {
    facts: { journal, plans, clock },
    rolls,
    planning: { plans, queue: stores.rollQueue, clock },
    usage: { ...rolls, customersOf: (merchant: MerchantId) => customerIds(stores, merchant) },
    administration: { customers, subscriptions, seals, plans: stores.plans, clock },
    settling: {
      rolls,
      log,
      meters,
      customers,
      clock,
      ids,
      plans: stores.plans,
      subscriptions,
      seals,
      account: stores.account,
      settlements: stores.settlements,
      invoices: stores.invoices,
      numbers: stores.numbers,
      books: stores.books,
      sellers: { seller: async () => ({ name: "Shop" }), terms: async () => ({}) },
      terms: memoryTerms(),
      queue: stores.settlementQueue,
      indexes: stores.indexes,
      announcements: { announce: async () => undefined },
    },
  } satisfies UseCasePorts;
}

async function* customerIds({ customers }: Stores, merchant: MerchantId): AsyncIterable<CustomerId> {
  let after: CustomerId | undefined;
  do {
    const page = await customers.customers(merchant, { limit: 500, ...(after === undefined ? {} : { after }) });
    for (const { id } of page.customers) yield id;
    after = page.next;
  } while (after !== undefined);
}
