import {
  type CurrencyCode,
  type CustomerId,
  err,
  formatMoney,
  formatPicos,
  isCurrency,
  type MerchantId,
  noMoney,
  ok,
  type Result,
  sum,
} from "@farthing/money";
import { timeText } from "./documents.ts";
import { type InvoiceAccount, readAccounts } from "./invoice-account.ts";
import type { InvoiceStatus } from "./invoice-state.ts";
import type { NotFound } from "./read-customers.ts";
import { type SealStores, settleCustomer } from "./settle-customer.ts";
import { carriesInto, notesSince } from "./taken-notes.ts";

/** What one currency of a customer's account comes to, as decimal strings in major units. */
export interface Balance {
  readonly currency: string;
  readonly due: string;
  readonly paid: string;
  /** What credit notes made refunds to make. */
  readonly refunds: string;
  /** What credit notes came to, in whatever way they give it back. */
  readonly credited: string;
  readonly voided: string;
  readonly uncollectible: string;
  readonly held: string;
  readonly prepaid: string;
  readonly carried: string;
  readonly unbilled: string;
}

/** A customer's balances, by currency. */
export interface Balances {
  readonly customer: CustomerId;
  readonly balances: readonly Balance[];
  readonly asOf: string;
}

/**
 * Tells what a customer owes now: invoices sealed, what they carried, and what statements hold that no invoice billed yet.
 *
 * Errors: `not_found`.
 */
export async function getBalance(
  stores: SealStores,
  { merchant, id }: { readonly merchant: MerchantId; readonly id: CustomerId },
): Promise<Result<Balances, NotFound>> {
  if ((await stores.customers.customer(merchant, id)) === undefined) return err({ code: "not_found" });
  const now = stores.clock.now();
  const customer = { merchant, customer: id };
  const { seal: preview } = await settleCustomer(stores, customer, {
    id: "preview",
    through: now,
    cutAt: "through",
    createdAt: now,
    dryRun: true,
  });
  // A settlement may seal meanwhile: what it billed is in the preview, so its seal is left out.
  const seals = (await stores.seals.seals(customer)).filter(({ number }) => number < (preview?.number ?? 1));
  const accountFor = await readAccounts(stores.account, customer);
  const invoices = seals.flatMap(({ number, invoices: all }) =>
    all.map((invoice) => ({ ...invoice, ...accountFor(number, invoice) })),
  );
  const open = preview?.invoices ?? [];
  const latest = seals.at(-1);
  // A note counts at once, and the next seal takes it.
  const carries = carriesInto(latest?.carries ?? {}, await notesSince(stores.account, customer, { latest }));
  const currencies = [...new Set([...invoices, ...open].map(({ currency }) => currency))].sort();
  const balances = currencies.filter(isCurrency).map((currency) => ({
    currency,
    ...totalsOf(
      invoices.filter((invoice) => invoice.currency === currency),
      currency,
    ),
    held: formatPicos(noMoney),
    prepaid: formatPicos(noMoney),
    carried: formatPicos(carries[currency] ?? noMoney),
    unbilled: formatPicos(sum(open.filter((invoice) => invoice.currency === currency).map(({ exact }) => exact))),
  }));
  return ok({ customer: id, balances, asOf: timeText(now) });
}

/** What became of what was invoiced: due + paid − refunds + voided + uncollectible + credited + carried + unbilled was charged. */
function totalsOf(
  invoices: readonly InvoiceAccount[],
  currency: CurrencyCode,
): Omit<Balance, "currency" | "held" | "prepaid" | "carried" | "unbilled"> {
  const of = (status: InvoiceStatus) =>
    formatMoney(sum(invoices.filter((one) => one.status === status).map(({ left }) => left)), currency);
  const due = formatMoney(sum(invoices.map((invoice) => invoice.due)), currency);
  const notes = invoices.flatMap((invoice) => invoice.notes);
  const refunds = formatMoney(sum(notes.filter(({ as }) => as === "refund").map(({ total }) => total)), currency);
  const credited = formatPicos(sum(notes.map(({ exact }) => exact)));
  return { due, paid: of("paid"), refunds, credited, voided: of("void"), uncollectible: of("uncollectible") };
}
