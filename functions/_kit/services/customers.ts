import { type Customer, type Customers, firstDue, KnownCustomers } from "@farthing/billing";
import { dynamoCustomers } from "@farthing/billing/dynamo";
import type { CustomerLookup, CustomerRegister } from "@farthing/metering";
import type { CustomerId, MerchantId } from "@farthing/money";
import { table } from "./clients.ts";
import { clock } from "./clock.ts";
import { lazy } from "./lazy.ts";

/** The merchants' customers. */
export const customers = lazy((): Customers => dynamoCustomers(table("REGISTRY")));

/** Notes customers that are first seen in events. */
export const customerRegister = lazy(
  (): CustomerRegister => ({
    noteCustomer: async ({ merchant, customer: id }) => {
      const now = clock.now();
      const seen: Customer = { merchant, id, known: false, createdAt: now, updatedAt: now };
      await customers().noteCustomer(seen, firstDue(now));
    },
  }),
);

/** Tells known customers from others. */
export const customerLookup = lazy((): CustomerLookup => new KnownCustomers(customers(), clock));

/** All customers of a merchant, in order of their ids. */
export async function* customerIds(merchant: MerchantId): AsyncIterable<CustomerId> {
  let after: CustomerId | undefined;
  do {
    const page = await customers().customers(merchant, { limit: 500, ...(after === undefined ? {} : { after }) });
    for (const { id } of page.customers) yield id;
    after = page.next;
  } while (after !== undefined);
}
