import { type CustomerId, err, type MerchantId, ok, type Result } from "@farthing/money";
import type { Customers } from "./customer.ts";
import { type CustomerDocument, customerDocument } from "./documents.ts";

/** The merchant has no such thing. */
export interface NotFound {
  readonly code: "not_found";
}

/** Where a list begins, and how much of it is asked for. */
export interface ListPage {
  readonly limit: number;
  readonly after?: string | undefined;
}

/** Some of a list, and where it goes on. */
export interface Listed<T> {
  readonly items: readonly T[];
  readonly next?: string;
}

/** Shows a customer. Errors: `not_found`. */
export async function getCustomer(
  { customers }: { readonly customers: Customers },
  { merchant, id }: { readonly merchant: MerchantId; readonly id: CustomerId },
): Promise<Result<CustomerDocument, NotFound>> {
  const customer = await customers.customer(merchant, id);
  return customer === undefined ? err({ code: "not_found" }) : ok(customerDocument(customer));
}

/** Lists a merchant's customers in order of their ids, those only seen in events with them. */
export async function listCustomers(
  { customers }: { readonly customers: Customers },
  { merchant, limit, after }: ListPage & { readonly merchant: MerchantId },
): Promise<Result<Listed<CustomerDocument>, never>> {
  const page = await customers.customers(merchant, {
    limit,
    ...(after === undefined ? {} : { after: after as CustomerId }),
  });
  return ok({ items: page.customers.map(customerDocument), ...(page.next === undefined ? {} : { next: page.next }) });
}
