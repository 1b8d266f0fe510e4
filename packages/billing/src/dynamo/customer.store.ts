import { type CustomerId, customerId, type MerchantId } from "@farthing/money";
import type { Customer, Customers } from "../customer.ts";
import { dueBucketOf } from "../due-bucket.ts";
import { readMany } from "./batch.ts";
import { customerEntity } from "./customer.entity.ts";
import { dueEntity } from "./due.entity.ts";
import { dueList } from "./due-list.ts";
import { listKeyOf, readSpread, type SpreadList } from "./spread-list.ts";
import { type DynamoTable, plainly, strongly, took } from "./table.ts";

/**
 * Customers over the Registry table.
 *
 * When a customer is due lies in an item of its own: setting it can neither recreate nor overwrite a profile, it does not
 * rewrite the profile's size each month, the due index carries small items only, and a million customers sealed in an hour
 * write to a million partitions, not to their merchant's one.
 *
 * Every write is one item, but for `setDue`, which may be done again, and `noteCustomer`: it creates the due item, then the profile, each once. A crash between
 * them leaves a customer who is due without a profile, and the roll that notes customers comes again before it appends
 * anything; the other order could leave a profile that nobody ever seals. It also heals a profile without a due item.
 */
export function dynamoCustomers(registry: DynamoTable): Customers {
  const [customers, dues] = [customerEntity(registry), dueEntity(registry)];
  return {
    ...dueList(dues),
    async customer(merchant, id) {
      const { data } = await customers.get(keyOf(merchant, id)).go(strongly);
      return data === null ? undefined : customerOf(data);
    },
    async customersAmong(merchant, ids) {
      const keys = [...new Set(ids)].map((id) => keyOf(merchant, id));
      return (await readMany(keys, (asked) => customers.get([...asked]).go(strongly))).map(customerOf);
    },
    async knownAmong(merchant, ids) {
      // What the table hands back unread counts as known: a warning is no reason to ask again.
      const { data, unprocessed } = await customers.get(ids.map((id) => keyOf(merchant, id))).go(plainly);
      const known = data.filter((customer) => customer.known).map(({ id }) => id);
      return new Set([...known, ...unprocessed.map(({ id }) => id)]);
    },
    async putCustomer(customer) {
      await customers.put(itemOf(customer)).go(plainly);
    },
    async noteCustomer(customer, dueAt) {
      const { merchant, id } = customer;
      const bucket = dueBucketOf(merchant, id);
      await took(dues.create({ merchant, customer: id, bucket, dueAt }).go(plainly));
      await took(customers.create(itemOf(customer)).go(plainly));
    },
    async customers(merchant, { after, limit }) {
      const read: SpreadList<Customer>["read"] = async (listKey, from, count) => {
        const all = customers.query.primary({ merchant, listKey });
        const rest = from === undefined ? all : all.gt({ id: customerId(from) });
        return (await rest.go({ ...strongly, limit: count, count })).data.map(customerOf);
      };
      const list = { read, placeOf: ({ id }: Customer): string => id, isBefore: (a: string, b: string) => a < b };
      const more = await readSpread(list, after, limit + 1);
      const found = more.slice(0, limit);
      const last = found.at(-1);
      return more.length > limit && last !== undefined ? { customers: found, next: last.id } : { customers: found };
    },
  };
}

type Texts = { readonly metadata?: string; readonly collect?: string };
type CustomerItem = Omit<Customer, keyof Texts> & Texts & { readonly listKey: number };

function keyOf(merchant: MerchantId, id: CustomerId) {
  return { merchant, id, listKey: listKeyOf(merchant, id) };
}

function itemOf({ metadata, collect, ...customer }: Customer): CustomerItem {
  return {
    ...customer,
    listKey: listKeyOf(customer.merchant, customer.id),
    ...(metadata === undefined ? {} : { metadata: JSON.stringify(metadata) }),
    ...(collect === undefined ? {} : { collect: JSON.stringify(collect) }),
  };
}

function customerOf({ listKey: _, metadata, collect, ...customer }: CustomerItem): Customer {
  return {
    ...customer,
    ...(metadata === undefined ? {} : { metadata: JSON.parse(metadata) }),
    ...(collect === undefined ? {} : { collect: JSON.parse(collect) }),
  };
}
