import { type CustomerId, parseCustomerId } from "@farthing/money";

/** The id of a subscription, which says whose it is: so one is found by its id alone. */
export function subscriptionId(customer: CustomerId, digest: string): string {
  return `sub_${customer}_${digest.slice(0, 24)}`;
}

/** Whose subscription an id names; undefined for any other text. */
export function customerOfSubscription(id: string): CustomerId | undefined {
  const customer = parseCustomerId(/^sub_(.{1,128})_[0-9a-f]{24}$/s.exec(id)?.[1] ?? "");
  return customer.ok ? customer.value : undefined;
}
