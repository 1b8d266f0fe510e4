import { frozenCopy } from "@farthing/metering/memory";
import type { CustomerId, MerchantId } from "@farthing/money";
import type { Customer, CustomerPage, Customers, DueCustomer } from "./customer.ts";
import { dueBucketOf } from "./due-bucket.ts";

/** Customers in memory. */
export function memoryCustomers(): Customers {
  return new MemoryCustomers();
}

class MemoryCustomers implements Customers {
  readonly #customers = new Map<string, Customer>();
  readonly #due = new Map<string, DueCustomer>();

  async customer(merchant: MerchantId, id: CustomerId): Promise<Customer | undefined> {
    return this.#customers.get(keyOf(merchant, id));
  }

  async customersAmong(merchant: MerchantId, ids: readonly CustomerId[]): Promise<readonly Customer[]> {
    return [...new Set(ids)].flatMap((id) => this.#customers.get(keyOf(merchant, id)) ?? []);
  }

  async knownAmong(merchant: MerchantId, ids: readonly CustomerId[]): Promise<ReadonlySet<CustomerId>> {
    return new Set(ids.filter((id) => this.#customers.get(keyOf(merchant, id))?.known === true));
  }

  async putCustomer(customer: Customer): Promise<void> {
    this.#customers.set(keyOf(customer.merchant, customer.id), frozenCopy(customer));
  }

  async noteCustomer(customer: Customer, dueAt: number): Promise<void> {
    const { merchant, id } = customer;
    const key = keyOf(merchant, id);
    if (!this.#due.has(key)) this.#due.set(key, Object.freeze({ merchant, customer: id, dueAt }));
    if (!this.#customers.has(key)) this.#customers.set(key, frozenCopy(customer));
  }

  async customers(merchant: MerchantId, page: { after?: CustomerId; limit: number }): Promise<CustomerPage> {
    const rest = [...this.#customers.values()]
      .filter((customer) => customer.merchant === merchant && (page.after === undefined || customer.id > page.after))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    const customers = rest.slice(0, page.limit);
    const last = customers.at(-1);
    return rest.length > customers.length && last !== undefined ? { customers, next: last.id } : { customers };
  }

  async setDue(merchant: MerchantId, dues: readonly Omit<DueCustomer, "merchant">[]): Promise<void> {
    for (const { customer, dueAt } of dues)
      this.#due.set(keyOf(merchant, customer), Object.freeze({ merchant, customer, dueAt }));
  }

  async due(bucket: number, nowMs: number, limit: number): Promise<readonly DueCustomer[]> {
    return [...this.#due.values()]
      .filter(({ merchant, customer, dueAt }) => dueAt <= nowMs && dueBucketOf(merchant, customer) === bucket)
      .sort((a, b) => a.dueAt - b.dueAt || (keyOf(a.merchant, a.customer) < keyOf(b.merchant, b.customer) ? -1 : 1))
      .slice(0, limit);
  }
}

function keyOf(merchant: MerchantId, customer: CustomerId): string {
  return `${merchant}#${customer}`;
}
