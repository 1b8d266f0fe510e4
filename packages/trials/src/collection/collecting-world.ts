import type { CollectionRef, CollectionSettings, CollectionWorkStores, Seal } from "@farthing/billing";
import { invoiceId, stripeCurrencies, workCollections } from "@farthing/billing";
import {
  memoryAccountLog,
  memoryCollectionQueue,
  memoryCollectionRuns,
  memoryCollections,
  memoryCustomers,
  memoryInvoiceIndex,
  memoryInvoiceNumbers,
  memoryMailer,
  memoryRailCustomers,
  memoryReconciliations,
  memorySeals,
  memorySettlements,
} from "@farthing/billing/memory";
import { stripeRails } from "@farthing/billing/stripe";
import { memoryBooks } from "@farthing/ledger/memory";
import { type Fault, fetchInProcess, openStripe } from "@farthing/local/stripe";
import { currency, customerId, merchantId, noMoney, type Picos, picos } from "@farthing/money";

export const merchant = merchantId("shop");
export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
export const start = Date.UTC(2026, 10, 2, 9);
const settlement = "st_1";

/** What a world begins with. */
interface WorldOptions {
  readonly chance?: (operation: string) => Fault | undefined;
  readonly settings?: CollectionSettings | undefined;
  /** Stores in place of those in memory. */
  readonly over?: Partial<Pick<CollectionWorkStores, "collections" | "runs" | "railCustomers" | "account" | "rail">>;
}

/** A merchant who collects in memory, from a server that answers for Stripe, at a time that a test moves. */
export function collectingWorld({
  chance,
  settings = { retryDays: [1, 3, 5, 7], writeOffDays: 30 },
  over = {},
}: WorldOptions = {}) {
  let now = start;
  const clock = { now: () => now };
  const own = { calls: false };
  const stripe = openStripe({ clock, chance: (operation) => (own.calls ? undefined : chance?.(operation)) });
  const reach = { host: "stripe.test", port: "80", protocol: "http", fetch: fetchInProcess(stripe) } as const;
  const queue = memoryCollectionQueue();
  const mailer = memoryMailer();
  const customers = memoryCustomers();
  const stores: WorldStores = {
    collections: memoryCollections(),
    runs: memoryCollectionRuns(),
    railCustomers: memoryRailCustomers(),
    reconciliations: memoryReconciliations(),
    policies: { settings: async () => settings },
    rail: stripeRails({ secretKey: "sk_test_world", retries: 0, ...reach }),
    currencies: stripeCurrencies,
    seals: memorySeals(),
    invoices: memoryInvoiceIndex(),
    settlements: memorySettlements(),
    numbers: memoryInvoiceNumbers(),
    customers,
    sellers: { seller: async () => ({ name: "Shop" }), terms: async () => ({}) },
    account: memoryAccountLog(),
    books: memoryBooks(),
    mailer,
    links: { linkFor: async (ref) => `https://pay.example/${invoiceId(ref)}` },
    queue,
    clock,
    ...over,
  };
  return {
    stores,
    stripe,
    queue,
    mailer,
    customers,
    now: () => now,
    pass(ms: number) {
      now += ms;
    },
    /** Seals an invoice as a settlement does, and answers which it is. */
    seal: (invoice: InvoiceOptions) => sealInvoice(stores, invoice),
    /** Closes the settlement, as one does that then asks to collect it. */
    async settle() {
      const of = { merchant, id: settlement, through: now, cutAt: "through", dryRun: false } as const;
      await stores.settlements.createSettlement({ ...of, status: "done", createdAt: now });
      await stores.runs.expect(merchant, settlement);
    },
    /** Makes a customer at the rail, with a card of Stripe's tests. */
    async saveCard(customer: string, card: string) {
      const id = customerId(customer);
      own.calls = true;
      const made = await railCustomer(stores, customer);
      const known = await stores.railCustomers.noteRailCustomer(merchant, id, made);
      stripe.handle(post(`/v1/payment_methods/${card}/attach`, `customer=${known}`));
      own.calls = false;
    },
    /** Works the queue off until it is empty. */
    async work(on: CollectionWorkStores = stores) {
      for (let ask = queue.asked.shift(); ask !== undefined; ask = queue.asked.shift()) await workCollections(on, ask);
    },
    /** Pushes, works off, and lets time pass to when the next is due, until nothing is left to do or time is over. */
    async run(days: number) {
      for (const end = now + days * day; now < end; now += 12 * hour) {
        stripe.actLate();
        await workCollections(stores, { ask: "push", merchant });
        await this.work();
      }
    },
  };
}

/** The stores of a world. */
type WorldStores = CollectionWorkStores & {
  readonly invoices: ReturnType<typeof memoryInvoiceIndex>;
  readonly settlements: ReturnType<typeof memorySettlements>;
};

/** A world. */
export type CollectingWorld = ReturnType<typeof collectingWorld>;

async function railCustomer(stores: CollectionWorkStores, customer: string): Promise<string> {
  const payer = { merchant, customer: customerId(customer), language: "en" } as const;
  const made = await stores.rail(undefined).createCustomer(payer, `test:${customer}`);
  if (made.kind !== "done") throw new Error("a test's own customer could not be made");
  return made.value;
}

/** A request of a test's own to the server. */
export function post(path: string, body: string) {
  const authorization = "Bearer sk_test_world";
  return { method: "POST", path, query: "", body, authorization, idempotencyKey: undefined } as const;
}

/** An invoice to seal. */
export interface InvoiceOptions {
  readonly customer: string;
  readonly total: string;
  readonly currency?: string;
  readonly seal?: number;
  readonly lines?: readonly { readonly description: string; readonly amount: string }[];
}

async function sealInvoice(stores: WorldStores, options: InvoiceOptions): Promise<CollectionRef> {
  const { total, seal: number = 1, lines = [{ description: "Requests", amount: total }] } = options;
  const [customer, code] = [customerId(options.customer), currency(options.currency ?? "USD")];
  const key = { subscription: null, price: "p", periodFrom: 0, periodTo: start, meterRevision: 1, currency: code };
  const shown = lines.map(({ description, amount }, index) => {
    const money: Picos = picos(amount);
    const line = { id: `${index + 1}`, kind: "usage", key, description, exact: money, amount: money } as const;
    return { ...line, chargedExact: money };
  });
  const sums = { exact: picos(total), carriedIn: noMoney, total: picos(total), carriedOut: noMoney, events: 7 };
  const period = { from: start - 30 * day, to: start };
  const seal: Seal = {
    customer: { merchant, customer },
    number,
    frontier: { entry: number, cut: start },
    readFrom: 1,
    invoices: [{ currency: code, status: "sealed", period, lines: shown, ...sums }],
    carries: {},
    struck: [],
    voids: [],
    meterRevision: 1,
    subscriptions: [],
    timezone: "UTC",
    tree: "",
    root: "ab".repeat(32),
    settlement,
    sealedAt: stores.clock.now(),
  };
  await stores.seals.appendSeal(seal);
  const ref = { merchant, customer, seal: number, currency: code };
  await stores.invoices.putInvoices([{ ...ref, settlement, sealedAt: seal.sealedAt }]);
  return ref;
}
