import type { Customer, Customers } from "../customer.ts";
import { dueBucketOf } from "../due-bucket.ts";
import { customerEntity } from "./customer.entity.ts";
import { dueEntity } from "./due.entity.ts";
import { type DynamoTable, plainly, strongly, took, upTo } from "./table.ts";

/**
 * Customers over the Registry table.
 *
 * When a customer is due lies in an item of its own: setting it can neither recreate nor overwrite a profile, it does not
 * rewrite the profile's size each month, the due index carries small items only, and a million customers sealed in an hour
 * write to a million partitions, not to their merchant's one.
 *
 * Every write is one item, but for `noteCustomer`: it creates the due item, then the profile, each once. A crash between
 * them leaves a customer who is due without a profile, and the roll that notes customers comes again before it appends
 * anything; the other order could leave a profile that nobody ever seals. It also heals a profile without a due item.
 */
export function dynamoCustomers(registry: DynamoTable): Customers {
  const [customers, dues] = [customerEntity(registry), dueEntity(registry)];
  return {
    async customer(merchant, id) {
      const { data } = await customers.get({ merchant, id }).go(strongly);
      return data === null ? undefined : customerOf(data);
    },
    async knownAmong(merchant, ids) {
      // What the table hands back unread counts as known: a warning is no reason to ask again.
      const { data, unprocessed } = await customers.get(ids.map((id) => ({ merchant, id }))).go(plainly);
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
      const all = customers.query.primary({ merchant });
      const rest = after === undefined ? all : all.gt({ id: after });
      const { data } = await rest.go({ ...strongly, ...upTo(limit) });
      const found = data.slice(0, limit).map(customerOf);
      const last = found.at(-1);
      return data.length > limit && last !== undefined ? { customers: found, next: last.id } : { customers: found };
    },
    async setDue(merchant, customer, dueAt) {
      const bucket = dueBucketOf(merchant, customer);
      await dues.put({ merchant, customer, bucket, dueAt }).go(plainly);
    },
    async due(bucket, nowMs, limit) {
      const byNow = dues.query.byTime({ bucket }).lt({ dueAt: nowMs + 1 });
      const { data } = await byNow.go({ ...plainly, limit, count: limit });
      return data.map(({ merchant, customer, dueAt }) => ({ merchant, customer, dueAt }));
    },
  };
}

type Texts = { readonly metadata?: string; readonly collect?: string };
type CustomerItem = Omit<Customer, keyof Texts> & Texts;

function itemOf({ metadata, collect, ...customer }: Customer): CustomerItem {
  return {
    ...customer,
    ...(metadata === undefined ? {} : { metadata: JSON.stringify(metadata) }),
    ...(collect === undefined ? {} : { collect: JSON.stringify(collect) }),
  };
}

function customerOf({ metadata, collect, ...customer }: CustomerItem): Customer {
  return {
    ...customer,
    ...(metadata === undefined ? {} : { metadata: JSON.parse(metadata) }),
    ...(collect === undefined ? {} : { collect: JSON.parse(collect) }),
  };
}
