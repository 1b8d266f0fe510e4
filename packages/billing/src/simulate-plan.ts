import { type CustomerId, formatPicos, minus, ok, type Picos, type Result, sum } from "@farthing/money";
import { type PlanContent, type Pricing, type Proposal, type ProposalProblem, proposedPlan } from "@farthing/pricing";
import type { Period } from "./calendar.ts";
import { type ChargeWindow, plannedWindows } from "./charge-window.ts";
import { chargedBy } from "./charged-by.ts";
import type { Customers } from "./customer.ts";
import { timeText } from "./documents.ts";
import { periodAt, periodsOf } from "./period-at.ts";
import { type AnewStores, rateAnew } from "./rate-anew.ts";
import type { Listed, ListPage } from "./read-customers.ts";
import type { Seal } from "./seal.ts";
import { SealChain } from "./seal-chain.ts";
import type { Subscriptions } from "./subscription.ts";

/** What a simulation reads. */
export interface SimulationStores extends AnewStores, Pick<Pricing, "plans"> {
  readonly catalogue: Pricing["meters"];
  readonly customers: Pick<Customers, "customers">;
  readonly subscriptions: Pick<Subscriptions, "subscriptionsOf">;
}

/** Which periods to rate under which version: those that lie within a stretch of time. Units: milliseconds. */
export interface SimulationOrder extends Proposal, ListPage {
  readonly from: number;
  readonly to: number;
  /** Whom to look at; all customers, page by page, where it is left out. */
  readonly customers?: readonly CustomerId[] | undefined;
}

interface Difference {
  readonly billed: string;
  readonly simulated: string;
  readonly difference: string;
}

/** One period of a subscription: what was charged for it, and what would have been. */
export interface SimulatedPeriod extends Difference {
  readonly subscription: string;
  readonly planVersion: number;
  readonly from: string;
  readonly to: string;
}

/** What another version would have changed for a customer; periods of versions in another currency or interval are only counted. */
export interface SimulatedCustomer extends Difference {
  readonly customer: string;
  readonly periods: readonly SimulatedPeriod[];
  readonly notCompared: number;
}

/**
 * Rates closed periods of a plan's customers under a proposed version, and tells what each would have been charged more or
 * less. Nothing is published, and nothing billed.
 *
 * Errors: those of a proposed plan.
 */
export async function simulatePlan(
  stores: SimulationStores,
  order: SimulationOrder,
): Promise<Result<Listed<SimulatedCustomer>, ProposalProblem>> {
  const proposed = await proposedPlan({ plans: stores.plans, meters: stores.catalogue }, order);
  if (!proposed.ok) return proposed;
  const { customers, next } = await customersOf(stores, order);
  const items: SimulatedCustomer[] = [];
  for (const customer of customers) {
    const item = await simulateCustomer(stores, { order, customer, content: proposed.value });
    if (item !== undefined) items.push(item);
  }
  return ok({ items, ...(next === undefined ? {} : { next }) });
}

async function customersOf(
  stores: SimulationStores,
  { merchant, customers, limit, after }: SimulationOrder,
): Promise<{ readonly customers: readonly CustomerId[]; readonly next?: string | undefined }> {
  if (customers !== undefined) return { customers };
  const page = await stores.customers.customers(merchant, {
    limit,
    ...(after === undefined ? {} : { after: after as CustomerId }),
  });
  return { customers: page.customers.map(({ id }) => id), next: page.next };
}

async function simulateCustomer(
  stores: SimulationStores,
  {
    order,
    customer,
    content,
  }: { readonly order: SimulationOrder; readonly customer: CustomerId; readonly content: PlanContent },
): Promise<SimulatedCustomer | undefined> {
  const latest = await stores.seals.latestSeal({ merchant: order.merchant, customer });
  if (latest === undefined) return undefined;
  const chain = new SealChain(stores.seals, latest.customer, latest);
  const windows = await windowsOf(stores, latest, order);
  const closed = [...Map.groupBy(windows, ({ stretch }) => stretch).values()].flatMap((phases) =>
    closedPeriods(stretchOf(phases), latest, order).map((period) => ({ chain, latest, phases, period })),
  );
  if (closed.length === 0) return undefined;
  const comparable = closed.filter(({ phases }) => phases.every(({ plan }) => isLike(plan, content)));
  const periods: { readonly shown: SimulatedPeriod; readonly billed: Picos; readonly simulated: Picos }[] = [];
  for (const at of comparable) {
    const rated = await rateAnew(stores, at, content);
    periods.push({ ...rated, shown: periodDocument(at, rated) });
  }
  const total = (name: "billed" | "simulated") => sum(periods.map((period) => period[name]));
  return {
    customer,
    ...difference({ billed: total("billed"), simulated: total("simulated") }),
    periods: periods.map(({ shown }) => shown),
    notCompared: closed.length - comparable.length,
  };
}

/** When the subscriptions to the plan charged that the newest seal charged by. */
async function windowsOf(
  stores: SimulationStores,
  seal: Seal,
  { key }: SimulationOrder,
): Promise<readonly ChargeWindow[]> {
  const { merchant, customer } = seal.customer;
  const all = await stores.subscriptions.subscriptionsOf(merchant, customer);
  const windows = await plannedWindows(stores.plans, merchant, chargedBy(seal, all));
  return windows.filter(({ subscription }) => subscription.plan === key);
}

/** From where to where the phases of one stretch reach together. */
function stretchOf(phases: readonly ChargeWindow[]): Pick<ChargeWindow, "from" | "to" | "subscription"> {
  const [first, last] = [phases[0], phases.at(-1)];
  if (first === undefined || last === undefined) throw new Error("a stretch without phases");
  return { subscription: first.subscription, from: first.from, to: last.to };
}

/** The periods within a stretch that a subscription held and the newest seal closed. */
function closedPeriods(
  window: ReturnType<typeof stretchOf>,
  { frontier }: Seal,
  { from, to }: SimulationOrder,
): readonly Period[] {
  const rule = periodsOf(window.subscription);
  const periods: Period[] = [];
  for (let at = Math.max(from, window.from); at < Math.min(to, window.to); ) {
    const period = periodAt(at, rule);
    const isClosed = Math.min(period.to, window.to) <= frontier.cut;
    if (period.from >= from && period.to <= to && isClosed) periods.push(period);
    at = period.to;
  }
  return periods;
}

function isLike(plan: PlanContent, content: PlanContent): boolean {
  return plan.currency === content.currency && plan.interval === content.interval;
}

function periodDocument(
  { phases, period }: { readonly phases: readonly ChargeWindow[]; readonly period: Period },
  rated: { readonly billed: Picos; readonly simulated: Picos },
): SimulatedPeriod {
  const { id, planVersion } = stretchOf(phases).subscription;
  return { subscription: id, planVersion, from: timeText(period.from), to: timeText(period.to), ...difference(rated) };
}

function difference({ billed, simulated }: { readonly billed: Picos; readonly simulated: Picos }): Difference {
  return {
    billed: formatPicos(billed),
    simulated: formatPicos(simulated),
    difference: formatPicos(minus(simulated, billed)),
  };
}
