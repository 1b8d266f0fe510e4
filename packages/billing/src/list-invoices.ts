import type { CustomerId, MerchantId, Result } from "@farthing/money";
import { ok } from "@farthing/money";
import { type InvoiceSummary, invoiceSummary } from "./documents.ts";
import { type InvoiceAccount, readAccount, readAccounts } from "./invoice-account.ts";
import { invoiceId } from "./invoice-id.ts";
import { placeInSettlement, placeInTime } from "./invoice-place.ts";
import { type FoundInvoice, liveOf } from "./live-invoice.ts";
import type { Listed, ListPage } from "./read-customers.ts";
import { findInvoice, type InvoiceStores, readEntry } from "./read-invoices.ts";
import type { InvoiceEntry } from "./settlement.ts";

/** Which invoices to list. */
export interface InvoiceFilter extends ListPage {
  readonly merchant: MerchantId;
  readonly customer?: CustomerId | undefined;
  readonly settlement?: string | undefined;
  readonly status?: string | undefined;
  readonly number?: number | undefined;
}

/**
 * Lists invoices: a customer's newest first, a settlement's by customer, else all, newest first. A page is full where there
 * are as many; of a status, it ends after a thousand that were looked at, and the next goes on behind them.
 */
export async function listInvoices(
  stores: InvoiceStores,
  filter: InvoiceFilter,
): Promise<Result<Listed<InvoiceSummary>, never>> {
  const { number } = filter;
  if (number !== undefined) return ok(await invoiceOfNumber(stores, { ...filter, number }));
  if (filter.customer !== undefined)
    return ok(await invoicesOfCustomer(stores, { ...filter, customer: filter.customer }));
  return ok(await pageOfIndex(stores, filter));
}

/** At least as many entries are looked at together where some are left out. */
const fewestAtOnce = 100;
/** As many are looked at for one page: what becomes of invoices is in no index. */
const mostForAPage = 1_000;

async function pageOfIndex(stores: InvoiceStores, filter: InvoiceFilter): Promise<Listed<InvoiceSummary>> {
  const { merchant, settlement, status, limit } = filter;
  const placeOf = settlement === undefined ? placeInTime : placeInSettlement;
  const atOnce = status === undefined ? limit : Math.max(limit, fewestAtOnce);
  const items: InvoiceSummary[] = [];
  let after = filter.after;
  for (let looked = 0; looked < mostForAPage; looked += atOnce) {
    const page = { limit: atOnce, ...(after === undefined ? {} : { after }) };
    const { entries, next } =
      settlement === undefined
        ? await stores.invoices.invoices(merchant, page)
        : await stores.invoices.invoicesOfSettlement(merchant, settlement, page);
    const found = await matching(stores, entries, filter);
    const taken = found.slice(0, limit - items.length);
    items.push(...(await Promise.all(taken.map((one) => summaryOf(stores, one)))));
    const last = taken.at(-1)?.entry;
    const isLeft = next !== undefined || found.length > taken.length || entries.at(-1) !== last;
    if (items.length === limit) return { items, ...(last !== undefined && isLeft ? { next: placeOf(last) } : {}) };
    if (next === undefined) return { items };
    after = next;
  }
  return { items, ...(after === undefined ? {} : { next: after }) };
}

interface Match {
  readonly entry: InvoiceEntry;
  readonly found: FoundInvoice;
  readonly account: InvoiceAccount | undefined;
}

/** Those of some entries that are asked for; what else there is to know of them is not read yet. */
async function matching(
  { seals, account: log }: InvoiceStores,
  entries: readonly InvoiceEntry[],
  { status }: InvoiceFilter,
): Promise<readonly Match[]> {
  const all = entries.map(async (entry): Promise<Match> => {
    const found = await readEntry(seals, entry);
    const account = status === undefined ? undefined : await readAccount(log, found.seal, found.invoice);
    return { entry, found, account };
  });
  return (await Promise.all(all)).filter(({ account }) => account?.status === status);
}

async function summaryOf(stores: InvoiceStores, { found, account }: Match): Promise<InvoiceSummary> {
  return invoiceSummary(found.seal, found.invoice, await liveOf(stores, found, account));
}

async function invoicesOfCustomer(
  stores: InvoiceStores,
  filter: InvoiceFilter & { readonly customer: CustomerId },
): Promise<Listed<InvoiceSummary>> {
  const customer = { merchant: filter.merchant, customer: filter.customer };
  const [seals, accountFor] = await Promise.all([stores.seals.seals(customer), readAccounts(stores.account, customer)]);
  const all = seals.toReversed().flatMap((seal) => seal.invoices.map((invoice) => ({ seal, invoice })));
  // The place in the whole list: what was the last of a page may have another status by now.
  const rest = all
    .slice(filter.after === undefined ? 0 : all.findIndex((one) => idOf(one) === filter.after) + 1)
    .map((one) => ({ ...one, account: accountFor(one.seal.number, one.invoice) }))
    .filter(({ seal, account }) => isAsked({ status: account.status, settlement: seal.settlement }, filter));
  const items = await Promise.all(
    rest
      .slice(0, filter.limit)
      .map(async (one) => invoiceSummary(one.seal, one.invoice, await liveOf(stores, one, one.account))),
  );
  const last = items.at(-1);
  return { items, ...(last !== undefined && items.length < rest.length ? { next: last.id } : {}) };
}

/** The invoice of a number, if it is what else is asked for. */
async function invoiceOfNumber(
  stores: InvoiceStores,
  filter: InvoiceFilter & { readonly number: number },
): Promise<Listed<InvoiceSummary>> {
  const { merchant, number, customer } = filter;
  const block = await stores.numbers.blockAt(merchant, number);
  const name = block?.invoices[number - block.first];
  if (name === undefined || (customer !== undefined && name.customer !== customer)) return { items: [] };
  const found = await findInvoice(stores.seals, merchant, invoiceId(name));
  if (!found.ok) return { items: [] };
  const { seal, invoice } = found.value;
  const item = invoiceSummary(seal, invoice, await liveOf(stores, found.value));
  // Its number is in the block before it is noted beside it.
  return { items: isAsked(item, filter) ? [{ ...item, number }] : [] };
}

function idOf({ seal, invoice: { currency } }: FoundInvoice): string {
  return invoiceId({ customer: seal.customer.customer, seal: seal.number, currency });
}

function isAsked(item: Pick<InvoiceSummary, "status" | "settlement">, { status, settlement }: InvoiceFilter): boolean {
  return (
    (status === undefined || item.status === status) && (settlement === undefined || item.settlement === settlement)
  );
}
