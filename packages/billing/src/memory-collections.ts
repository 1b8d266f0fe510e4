import { frozenCopy } from "@farthing/metering/memory";
import type { MerchantId } from "@farthing/money";
import type { Collection, CollectionRef, CollectionRuns, Collections, RailCustomers } from "./collection.ts";
import { collectionBucketOf } from "./collection-bucket.ts";
import { type CollectionFact, dayOf } from "./collection-fact.ts";
import { refOf } from "./collection-plan.ts";
import { invoiceId } from "./invoice-id.ts";
import type { Reconciliation, Reconciliations } from "./reconciliation.ts";

const keyOf = (ref: CollectionRef) => `${ref.merchant}#${invoiceId(ref)}`;

/** Collections in memory. */
export function memoryCollections(): Collections {
  const kept = new Map<string, Collection>();
  const facts = new Map<string, CollectionFact>();
  const events = new Set<string>();
  return {
    async open(collection) {
      if (!kept.has(keyOf(collection))) kept.set(keyOf(collection), frozenCopy(collection));
    },
    collection: async (ref) => kept.get(keyOf(ref)),
    async commit({ collection, facts: more = [], event }) {
      const name = `${collection.merchant}#${event}`;
      if (event !== undefined && events.has(name)) return "seen";
      if (kept.get(keyOf(collection))?.revision !== collection.revision - 1) return "stale";
      const causes = more.map((fact) => [`${fact.merchant}#${dayOf(fact.at)}#${fact.cause}`, fact] as const);
      if (causes.some(([cause]) => facts.has(cause))) throw new Error("a cause was posted before");
      if (event !== undefined) events.add(name);
      for (const [cause, fact] of causes) facts.set(cause, frozenCopy(fact));
      kept.set(keyOf(collection), frozenCopy(collection));
      return "committed";
    },
    async noteEvent(merchant, event) {
      const name = `${merchant}#${event}`;
      if (events.has(name)) return "seen";
      events.add(name);
      return "noted";
    },
    ...openLists(() => [...kept.values()]),
    facts: async (merchant, day) =>
      [...facts.values()]
        .filter((fact) => fact.merchant === merchant && dayOf(fact.at) === day)
        .sort((a, b) => (a.cause < b.cause ? -1 : 1)),
  };
}

const isOpen = (merchant: MerchantId) => (one: Collection) => one.merchant === merchant && one.dueAt !== undefined;

function openLists(all: () => readonly Collection[]): Pick<Collections, "due" | "openOnes"> {
  return {
    async due(merchant, bucket, { until, limit }) {
      const due = all()
        .filter(isOpen(merchant))
        .filter((one) => (one.dueAt ?? 0) <= until && collectionBucketOf(one) === bucket);
      return due
        .sort((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0))
        .slice(0, limit)
        .map(refOf);
    },
    async openOnes(merchant, { after, limit }) {
      const found = all()
        .filter(isOpen(merchant))
        .sort((a, b) => (invoiceId(a) < invoiceId(b) ? -1 : 1));
      const start = after === undefined ? 0 : found.findIndex((one) => invoiceId(one) === after) + 1;
      const collections = found.slice(start, start + limit);
      const last = collections.at(-1);
      return last !== undefined && start + limit < found.length
        ? { collections, next: invoiceId(last) }
        : { collections };
    },
  };
}

/** Settlements to open for collection, in memory. */
export function memoryCollectionRuns(): CollectionRuns {
  const runs = new Map<MerchantId, Set<string>>();
  const of = (merchant: MerchantId) => runs.get(merchant) ?? new Set();
  return {
    expect: async (merchant, settlement) => void runs.set(merchant, new Set([...of(merchant), settlement])),
    expected: async (merchant) => [...of(merchant)].sort(),
    opened: async (merchant, settlement) => void of(merchant).delete(settlement),
  };
}

/** Customers at the rail, in memory. */
export function memoryRailCustomers(): RailCustomers {
  const known = new Map<string, string>();
  return {
    railCustomer: async (merchant, customer) => known.get(`${merchant}#${customer}`),
    async noteRailCustomer(merchant, customer, id) {
      const first = known.get(`${merchant}#${customer}`) ?? id;
      known.set(`${merchant}#${customer}`, first);
      return first;
    },
  };
}

/** Reconciliations in memory. */
export function memoryReconciliations(): Reconciliations {
  const kept = new Map<MerchantId, Reconciliation>();
  return {
    last: async (merchant) => kept.get(merchant),
    save: async (merchant, one) => void kept.set(merchant, frozenCopy(one)),
  };
}
