import type { CollectionRuns, RailCustomers } from "../collection.ts";
import type { Reconciliation, Reconciliations } from "../reconciliation.ts";
import { collectionRunEntity } from "./collection-run.entity.ts";
import { fromMoneyJson, toMoneyJson } from "./money-json.ts";
import { railCustomerEntity } from "./rail-customer.entity.ts";
import { reconciliationEntity } from "./reconciliation.entity.ts";
import { type DynamoTable, plainly, strongly, stronglyAll, took } from "./table.ts";

/** Settlements to open for collection, over the Registry table. */
export function dynamoCollectionRuns(registry: DynamoTable): CollectionRuns {
  const runs = collectionRunEntity(registry);
  return {
    expect: async (merchant, settlement) => void (await runs.put({ merchant, settlement }).go(plainly)),
    async expected(merchant) {
      const { data } = await runs.query.primary({ merchant }).go(stronglyAll);
      return data.map(({ settlement }) => settlement);
    },
    opened: async (merchant, settlement) => void (await runs.delete({ merchant, settlement }).go(plainly)),
  };
}

/** Customers at the rail, over the Registry table. */
export function dynamoRailCustomers(registry: DynamoTable): RailCustomers {
  const known = railCustomerEntity(registry);
  return {
    async railCustomer(merchant, customer) {
      return (await known.get({ merchant, customer }).go(strongly)).data?.id;
    },
    async noteRailCustomer(merchant, customer, id) {
      if (await took(known.create({ merchant, customer, id }).go(plainly))) return id;
      return (await known.get({ merchant, customer }).go(strongly)).data?.id ?? id;
    },
  };
}

/** Reconciliations over the Registry table, one item a merchant. */
export function dynamoReconciliations(registry: DynamoTable): Reconciliations {
  const kept = reconciliationEntity(registry);
  return {
    async last(merchant) {
      const { data } = await kept.get({ merchant }).go(strongly);
      return data === null ? undefined : fromMoneyJson<Reconciliation>(data.body);
    },
    save: async (merchant, one) => void (await kept.put({ merchant, body: toMoneyJson(one) }).go(plainly)),
  };
}
