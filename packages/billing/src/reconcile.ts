import { type CurrencyCode, type MerchantId, noMoney, type Picos, sum } from "@farthing/money";
import { postFacts } from "./book-facts.ts";
import type { CollectingStores } from "./collecting.ts";
import { type CollectionFact, dayOf } from "./collection-fact.ts";
import { type InvoiceName, invoiceId, parseInvoiceId } from "./invoice-id.ts";
import { observeInvoice } from "./observe-invoice.ts";
import type { Movement, MovementFor, PaymentRail, RailPayment, RailRange, RailReply } from "./payment-rail.ts";
import type { Mended, ReconciledTotals, Reconciliation, Reconciliations, Unmatched } from "./reconciliation.ts";

/** What reconciling needs. */
export interface ReconcileStores extends CollectingStores {
  readonly reconciliations: Reconciliations;
}

const dayMs = 24 * 3_600_000;
/** How far back the first looks, every one looks again, and none looks. Units: days. */
const [firstDays, againDays, mostDays] = [7, 2, 35] as const;
const mostListed = 500;

/**
 * Compares the days that are over with the rail, movement by movement, and mends what can be: what the rail took and we do
 * not know is looked up and noted; a payment there that is not the invoice's own is closed. What stays is listed until it
 * is gone. Undefined where a merchant does not collect. Run again, it finds the same.
 *
 * Errors: throws under the name `ServiceUnavailable` where the rail does not answer.
 */
export async function reconcile(stores: ReconcileStores, merchant: MerchantId): Promise<Reconciliation | undefined> {
  const settings = await stores.policies.settings(merchant);
  if (settings === undefined) return undefined;
  const rail = stores.rail(settings.account);
  const checkedAt = stores.clock.now();
  const range = rangeOf(await stores.reconciliations.last(merchant), checkedAt);
  const found = await strays(stores, rail, merchant, range);
  const { mended, left } = await closeOpen(stores, rail, found);
  const theirs = (await all((page) => rail.movements(page), range)).filter((one) => one.merchant === merchant);
  const known = new Set((await factsOf(stores, merchant, range)).map(({ movement }) => movement.id));
  for (const movement of theirs) if (!known.has(movement.id)) mended.push(...(await mend(stores, merchant, movement)));
  const ours = await factsOf(stores, merchant, range);
  await postFacts(stores, ours);
  const unmatched = [...compare(ours, theirs), ...(await secondPayments(stores, merchant, left))];
  const noted = mended.filter(({ what, id }) => what === "closed" || ours.some(({ movement }) => movement.id === id));
  const reconciliation: Reconciliation = {
    ...range,
    checkedAt,
    movements: theirs.length,
    totals: totalsOf(ours, theirs),
    mended: noted.slice(0, mostListed),
    unmatched: unmatched.slice(0, mostListed),
  };
  await stores.reconciliations.save(merchant, reconciliation);
  return reconciliation;
}

function rangeOf(last: Reconciliation | undefined, now: number): { readonly from: number; readonly to: number } {
  const to = Math.floor(now / dayMs) * dayMs;
  const earliest = Math.min(...(last?.unmatched ?? []).map(({ at }) => Math.floor(at / dayMs) * dayMs));
  const from = last === undefined ? to - firstDays * dayMs : Math.min(last.to - againDays * dayMs, earliest);
  return { from: Math.max(from, to - mostDays * dayMs), to };
}

/** Every item of a list of the rail. */
async function all<T>(
  read: (range: RailRange) => Promise<RailReply<{ readonly items: readonly T[]; readonly next?: string }>>,
  range: { readonly from: number; readonly to: number },
): Promise<readonly T[]> {
  const items: T[] = [];
  let after: string | undefined;
  do {
    const page = await read({ ...range, after });
    if (page.kind !== "done")
      throw Object.assign(new Error("the rail does not answer"), { name: "ServiceUnavailable" });
    items.push(...page.value.items);
    after = page.value.next;
  } while (after !== undefined);
  return items;
}

type MoneyFact = Extract<CollectionFact, { readonly movement: Movement }>;

async function factsOf(
  { collections }: ReconcileStores,
  merchant: MerchantId,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<readonly MoneyFact[]> {
  const facts: MoneyFact[] = [];
  for (let day = from; day < to; day += dayMs)
    for (const fact of await collections.facts(merchant, dayOf(day))) if ("movement" in fact) facts.push(fact);
  return facts;
}

/** Looks at an invoice whose money moved without our knowing. */
async function mend(stores: ReconcileStores, merchant: MerchantId, movement: MovementFor): Promise<readonly Mended[]> {
  const name = movement.invoice === undefined ? undefined : parseInvoiceId(movement.invoice);
  if (name === undefined) return [];
  await observeInvoice(stores, { merchant, ...name });
  return [{ what: "noted", id: movement.id, invoice: invoiceId(name) }];
}

const isOpen = ({ status }: RailPayment) => status === "open";

/** A payment at the rail that is not its invoice's own. */
interface Stray {
  readonly payment: RailPayment;
  readonly name: InvoiceName;
}

async function strays(
  stores: ReconcileStores,
  rail: PaymentRail,
  merchant: MerchantId,
  range: { readonly from: number; readonly to: number },
): Promise<readonly Stray[]> {
  const found: Stray[] = [];
  for (const payment of await all((page) => rail.payments(page), range)) {
    const name = payment.invoice === undefined ? undefined : parseInvoiceId(payment.invoice);
    if (payment.merchant !== merchant || name === undefined || payment.status === "closed") continue;
    if (await isStray(stores, merchant, { payment, name })) found.push({ payment, name });
  }
  return found;
}

async function isStray(
  { collections }: Pick<ReconcileStores, "collections">,
  merchant: MerchantId,
  { payment, name }: Stray,
): Promise<boolean> {
  const collection = await collections.collection({ merchant, ...name });
  // What is under way may be about to note it.
  const isUnderWay = collection?.status === "sending" || collection?.status === "unknown";
  return collection?.payment !== payment.id && !isUnderWay;
}

/** Closes those that were not taken; one that was meanwhile is left with the others. */
async function closeOpen(
  { clock }: Pick<ReconcileStores, "clock">,
  rail: PaymentRail,
  found: readonly Stray[],
): Promise<{ readonly mended: Mended[]; readonly left: readonly Stray[] }> {
  const mended: Mended[] = [];
  const left = found.filter(({ payment }) => !isOpen(payment));
  for (const { payment, name } of found.filter((stray) => isOpen(stray.payment))) {
    const reply = await rail.closePayment(payment.id, `stray:${payment.id}:${clock.now()}`);
    if (reply.kind !== "done") continue;
    if (reply.value.status === "closed") mended.push({ what: "closed", id: payment.id, invoice: invoiceId(name) });
    else left.push({ payment: reply.value, name });
  }
  return { mended, left };
}

/** Those that money came in by, and that are still no invoice's own once all movements are noted. */
async function secondPayments(
  stores: ReconcileStores,
  merchant: MerchantId,
  left: readonly Stray[],
): Promise<readonly Unmatched[]> {
  const second: Unmatched[] = [];
  for (const { payment, name } of left) {
    if (!(await isStray(stores, merchant, { payment, name }))) continue;
    second.push({ what: "second_payment", id: payment.id, invoice: invoiceId(name), at: payment.createdAt });
  }
  return second;
}

/** What is not the same on both sides. */
export function compare(ours: readonly MoneyFact[], theirs: readonly MovementFor[]): readonly Unmatched[] {
  const known = new Map(ours.map((fact) => [fact.movement.id, fact]));
  const there = new Set(theirs.map(({ id }) => id));
  const onlyOurs = ours
    .filter(({ movement }) => !there.has(movement.id))
    .map(
      (fact) => ({ what: "only_ours", id: fact.movement.id, invoice: invoiceId(fact), at: fact.movement.at }) as const,
    );
  const others = theirs.flatMap(({ id, amount, fee, currency, invoice, at }): Unmatched[] => {
    const fact = known.get(id);
    if (fact === undefined) return [{ what: "only_theirs", id, invoice, at }];
    const { movement } = fact;
    const isSame = movement.amount === amount && movement.fee === fee && movement.currency === currency;
    return isSame ? [] : [{ what: "differs", id, invoice, at }];
  });
  return [...onlyOurs, ...others];
}

function totalsOf(ours: readonly MoneyFact[], theirs: readonly MovementFor[]): readonly ReconciledTotals[] {
  const mine = ours.map(({ movement }) => movement);
  const currencies = [...new Set([...mine, ...theirs].map(({ currency }) => currency))].sort();
  const add = (list: readonly Movement[], currency: CurrencyCode, of: "amount" | "fee"): Picos =>
    sum([noMoney, ...list.filter((one) => one.currency === currency).map((one) => one[of])]);
  return currencies.map((currency) => ({
    currency,
    ours: add(mine, currency, "amount"),
    theirs: add(theirs, currency, "amount"),
    ourFees: add(mine, currency, "fee"),
    theirFees: add(theirs, currency, "fee"),
  }));
}
