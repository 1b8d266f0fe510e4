import {
  type Clock,
  type CurrencyCode,
  type CustomerId,
  err,
  isCurrency,
  type MerchantId,
  ok,
  type Result,
  type UnknownCurrency,
} from "@farthing/money";
import type { Plan, Plans } from "@farthing/pricing";
import { isTimezone, type UnknownTimezone } from "./calendar.ts";
import { baseStretches } from "./charge-window.ts";
import type { CollectTerms } from "./collect-rule.ts";
import type { Customer, Customers, TaxStatus } from "./customer.ts";
import { type CustomerDocument, customerDocument } from "./documents.ts";
import type { Language } from "./party.ts";
import { cutsOf, periodAt } from "./period-at.ts";
import { hasFacts, type Seals } from "./seal.ts";
import { subscribe, type UnknownPlan } from "./subscribe.ts";
import type { Subscriptions } from "./subscription.ts";
import { thresholdOf } from "./within-period.ts";

/** What is said of a customer; what is left out is not known. */
export interface CustomerBody {
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly currency?: string | undefined;
  readonly timezone?: string | undefined;
  readonly plan?: string | undefined;
  readonly address?: string | undefined;
  readonly taxId?: string | undefined;
  readonly country?: string | undefined;
  readonly taxStatus?: TaxStatus | undefined;
  readonly taxRate?: string | undefined;
  readonly language?: Language | undefined;
  readonly paymentTermsDays?: number | undefined;
  readonly collect?: CollectTerms | undefined;
  readonly metadata?: Readonly<Record<string, string>> | undefined;
}

/** What the use cases of customers need. */
export interface CustomerStores {
  readonly customers: Customers;
  readonly subscriptions: Subscriptions;
  readonly seals: Seals;
  readonly plans: Plans;
  readonly clock: Clock;
}

/**
 * Creates or replaces a customer. A plan that differs from the present one becomes a subscription: the first charges for
 * every fact that is not billed yet, a later one from now on. Without a plan, subscriptions stay as they are.
 *
 * Errors, in this order: `unknown_timezone`, `unknown_currency`, `unknown_plan`.
 */
export async function putCustomer(
  stores: CustomerStores,
  { merchant, id, body }: { readonly merchant: MerchantId; readonly id: CustomerId; readonly body: CustomerBody },
): Promise<Result<CustomerDocument, UnknownTimezone | UnknownCurrency | UnknownPlan>> {
  const { timezone = "UTC", currency, plan: key } = body;
  if (!isTimezone(timezone)) return err({ code: "unknown_timezone", timezone: timezone.slice(0, 64) });
  if (currency !== undefined && !isCurrency(currency))
    return err({ code: "unknown_currency", currency: currency.slice(0, 10) });
  const plan = key === undefined ? undefined : await stores.plans.currentPlan({ merchant, key });
  if (key !== undefined && plan === undefined) return err({ code: "unknown_plan", plan: key });
  const before = await stores.customers.customer(merchant, id);
  const now = stores.clock.now();
  const customer = profileOf(body, { merchant, id, createdAt: before?.createdAt ?? now, updatedAt: now, known: true });
  if (before === undefined) {
    const month = periodAt(now, cutsOf({ interval: plan?.interval ?? "month", timezone }));
    const { plan: _, ...unplanned } = customer;
    await stores.customers.noteCustomer(unplanned, month.to);
  }
  // Before its profile shows the plan: who reads it there may rely on it, also where this ends half-way.
  if (plan !== undefined) await subscribeIfOther(stores, { customer, plan, now, isNew: before === undefined });
  await stores.customers.putCustomer(customer);
  // Who is billed within a period is looked at every hour, from the next one on.
  if (thresholdOf(customer, plan) !== undefined)
    await stores.customers.setDue(merchant, [{ customer: id, dueAt: now }]);
  return ok(customerDocument(customer));
}

function profileOf(
  body: CustomerBody,
  kept: Pick<Customer, "merchant" | "id" | "createdAt" | "updatedAt" | "known">,
): Customer {
  const { currency, ...rest } = body;
  const said = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return { ...said, ...(currency === undefined ? {} : { currency: currency as CurrencyCode }), ...kept };
}

/** The first plan of a customer begins where its bills end, so that it charges for all that is not billed. */
async function subscribeIfOther(
  stores: CustomerStores,
  {
    customer,
    plan,
    now,
    isNew,
  }: { readonly customer: Customer; readonly plan: Plan; readonly now: number; readonly isNew: boolean },
): Promise<void> {
  const { merchant, id } = customer;
  // A new customer has neither subscriptions nor seals, and an import makes thousands of them.
  const windows = isNew ? [] : baseStretches(await stores.subscriptions.subscriptionsOf(merchant, id));
  const present = windows.find(({ from, to }) => from <= now && now < to)?.subscription;
  if (present?.plan === plan.key) return;
  const isFirst = windows.length === 0;
  const seal = isFirst && !isNew ? await stores.seals.latestSeal({ merchant, customer: id }) : undefined;
  const start = windows.length > 0 ? now : hasFacts(seal) ? seal.frontier.cut : 0;
  const timezone = customer.timezone ?? "UTC";
  const flatFrom = periodAt(now, { interval: plan.interval, timezone }).from;
  // A first plan charges for what was used before it was put; its phases begin with it all the same.
  const phasesFrom = isFirst && plan.phases !== undefined ? now : undefined;
  await subscribe(stores, { customer, plan, start, flatFrom: isFirst ? flatFrom : now, phasesFrom });
}
