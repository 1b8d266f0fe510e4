import { memoryBooks } from "@farthing/ledger/memory";
import { type Fact, firstShardPlan, type Meter, type ParsedEvent, storeFacts, type VoidFact } from "@farthing/metering";
import {
  memoryJournal,
  memoryMeterSets,
  memoryRollProgress,
  memoryShardPlans,
  memoryStatementLog,
} from "@farthing/metering/memory";
import { type CustomerId, currency, customerId, decimal, expectOk, merchantId } from "@farthing/money";
import type { Plan } from "@farthing/pricing";
import { memoryPlans } from "@farthing/pricing/memory";
import type { Announcement } from "./announcement.ts";
import type { ChargeWindow } from "./charge-window.ts";
import type { InvoiceSheet } from "./invoice-sheet.ts";
import { firstDue } from "./known-customers.ts";
import {
  memoryAccountLog,
  memoryChargeIndexes,
  memoryCustomers,
  memoryInvoiceIndex,
  memoryInvoiceNumbers,
  memoryNews,
  memorySeals,
  memorySettlementQueue,
  memorySettlements,
  memorySubscriptions,
} from "./memory.ts";
import { memoryTerms } from "./memory-terms.ts";
import { noFrontier } from "./news-since.ts";
import { rollEverything, takeStep } from "./run-settlement.ts";
import { SealChain } from "./seal-chain.ts";
import type { RatingOrder } from "./seal-rating.ts";
import type { SettlementStores } from "./settle-chunk.ts";
import { settleCustomer } from "./settle-customer.ts";
import type { Subscription } from "./subscription.ts";

export const merchant = merchantId("shop");
export const ann = customerId("ann");
export const bob = customerId("bob");
export const refOf = (customer: CustomerId) => ({ merchant, customer });

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
/** The first of a month of 2026, 0 being January. */
export const month = (number: number) => Date.UTC(2026, number);
/** Ten o'clock on 2 March 2026, when every world begins. */
export const start = month(2) + day + 10 * hour;

const meter = { eventType: "request", groupBy: [], revision: 1, createdAt: 0, updatedAt: 0 };
export const requests: Meter = { ...meter, key: "requests", aggregation: "count" };
export const bytes: Meter = { ...meter, key: "bytes", aggregation: "sum", value: "bytes", groupBy: ["region"] };

export function request(id: string, time: number, more: Partial<ParsedEvent> = {}): ParsedEvent {
  const data = { bytes: 1000, region: "eu" };
  const common = { customer: ann, type: "request", source: undefined, serverTime: false, data };
  return { kind: "event", id, time, ...common, ...more };
}

export function charge(id: string, time: number, amount: string, code = "USD"): ParsedEvent {
  return request(id, time, { type: "charge", data: { amount, currency: code } });
}

export function voiding(id: string, time: number): VoidFact {
  return { kind: "void", id, time, customer: ann, source: undefined, serverTime: false, reason: undefined };
}

export function planOf(key: string, more: Partial<Plan> = {}): Plan {
  const prices: Plan["prices"] = [{ key: "r", model: "per_unit", meter: "requests", unitPrice: decimal("0.0004") }];
  return { merchant, key, version: 1, createdAt: 0, currency: currency("USD"), interval: "month", prices, ...more };
}

export const flat = (amount: string, timing: "in_advance" | "in_arrears") =>
  ({ key: `fee ${timing}`, model: "flat", amount: decimal(amount), timing }) as const;

export function subscription(more: Partial<Subscription> = {}): Subscription {
  const plan = { plan: "basic", planVersion: 1, interval: "month", timezone: "UTC" } as const;
  return { merchant, customer: ann, id: "s1", ...plan, start: 0, flatFrom: month(2), createdAt: start, ...more };
}

/** When a subscription charges, as if nothing but its start and end said so. */
export function chargeWindow({
  from,
  to = Number.POSITIVE_INFINITY,
  ...more
}: Partial<ChargeWindow> & { readonly from: number }): ChargeWindow {
  const own = more.subscription ?? subscription({ start: from });
  const fees = { from: Math.max(from, own.flatFrom), to };
  return { key: own.id, stretch: own.id, subscription: own, plan: planOf("basic"), fees, from, to, ...more };
}

/** A customer's first seal, up to the end of March, of nothing yet. */
export function ratingOrder(more: Partial<RatingOrder> = {}): RatingOrder {
  const chain = new SealChain(memorySeals(), refOf(ann), undefined);
  const frontiers = { last: noFrontier, next: { entry: 1, cut: month(3) } };
  const facts = { windows: [], stretches: [], moves: [], struck: [], meterRevision: 1 };
  return { customer: refOf(ann), chain, number: 1, timezone: "UTC", ...frontiers, ...facts, ...more };
}

function countedIds() {
  let ids = 0;
  return { unique: () => `id${++ids}` };
}

/** The stores of a merchant in memory with two meters. */
function memoryStores(clock: { now(): number }) {
  const [log, customers, news] = [memoryStatementLog(), memoryCustomers(), memoryNews()];
  const announced: Announcement[] = [];
  const register: SettlementStores["rolls"]["register"] = {
    noteCustomer: ({ customer: id }) =>
      customers.noteCustomer(
        { merchant, id, known: false, createdAt: clock.now(), updatedAt: clock.now() },
        firstDue(clock.now()),
      ),
  };
  const rolls = {
    log,
    register,
    journal: memoryJournal({ bundlesPerPage: 2 }),
    progress: memoryRollProgress(),
    plans: memoryShardPlans(),
    meters: memoryMeterSets(),
    clock,
  };
  return {
    rolls,
    log,
    customers,
    meters: rolls.meters,
    clock,
    /** What reports call the journal's stores. */
    journal: rolls,
    plans: memoryPlans(),
    subscriptions: memorySubscriptions(),
    seals: memorySeals(),
    account: memoryAccountLog(news),
    news,
    /** What merchants were told, with repeats. */
    announced,
    announcements: { announce: async (all: readonly Announcement[]) => void announced.push(...all) },
    settlements: memorySettlements(news),
    terms: memoryTerms(),
    invoices: memoryInvoiceIndex(),
    numbers: memoryInvoiceNumbers(),
    books: memoryBooks(),
    noteNumbers: memoryInvoiceNumbers(),
    sellers: { seller: async () => ({ name: "Shop" }), terms: async () => ({}) },
    printer: { print: async (sheet: InvoiceSheet) => new TextEncoder().encode(sheet.heading) },
    queue: memorySettlementQueue(),
    indexes: memoryChargeIndexes(),
    ids: countedIds(),
  };
}

/** A merchant in memory, whose clock a test moves; `plans` are its price lists, by default one of 0.0004 a request. */
export async function billingWorld(plans: readonly Plan[] = [planOf("basic")]) {
  let now = start;
  const stores = memoryStores({ now: () => now });
  await stores.rolls.plans.startShardPlan(merchant, firstShardPlan(month(2)));
  await stores.meters.publishMeters(merchant, { revision: 1, meters: [bytes, requests] });
  for (const plan of plans) await stores.plans.addPlan(plan);
  return {
    ...stores,
    at(time: number) {
      now = time;
    },
    /** Stores facts as a request does that arrives now. */
    async send(...facts: Fact[]) {
      expectOk(await storeFacts(stores.rolls, { merchant, facts, receivedAt: now }));
    },
    /** Rolls everything and seals a customer through an instant, by default now. */
    async seal(through = now, { id = `st_${through}_${now}`, customer = ann, dryRun = false } = {}) {
      await rollEverything(stores.rolls, merchant, 0);
      const settlement = { id, through, cutAt: "through", createdAt: now, dryRun } as const;
      return (await settleCustomer(stores, refOf(customer), settlement)).seal;
    },
    /** Takes the steps that the queue asks for until it asks for none. */
    async drain(on: SettlementStores = stores) {
      for (let step = stores.queue.asked.shift(); step !== undefined; step = stores.queue.asked.shift())
        await takeStep(on, step);
    },
  };
}

export type BillingWorld = Awaited<ReturnType<typeof billingWorld>>;
