import type { CollectingStores } from "./collecting.ts";
import type { CollectionRef } from "./collection.ts";
import type { PaymentRail, RailReply } from "./payment-rail.ts";

/**
 * Who an invoice's customer is at the rail: the one that its metadata names (`stripeCustomer`), else the first that was made.
 *
 * Two that were made at once leave one that nobody uses: only the one that was noted first is ever asked for money.
 */
export async function ensureRailCustomer(
  { railCustomers, customers }: Pick<CollectingStores, "railCustomers" | "customers">,
  rail: PaymentRail,
  { merchant, customer }: CollectionRef,
): Promise<RailReply<string>> {
  const noted = await railCustomers.railCustomer(merchant, customer);
  if (noted !== undefined) return { kind: "done", value: noted };
  const known = await customers.customer(merchant, customer);
  const own = known?.metadata?.stripeCustomer;
  if (own !== undefined) return { kind: "done", value: await railCustomers.noteRailCustomer(merchant, customer, own) };
  const { name, email, language = "en" } = known ?? {};
  const payer = { merchant, customer, name, email, language };
  const made = await rail.createCustomer(payer, `customer:${merchant}:${customer}`);
  if (made.kind !== "done") return made;
  return { kind: "done", value: await railCustomers.noteRailCustomer(merchant, customer, made.value) };
}
