import { createHash } from "node:crypto";
import { type CustomerId, err, type MerchantId, ok, type Result } from "@farthing/money";
import {
  type InvoiceDocument,
  type InvoiceSummary,
  invoiceDocument,
  invoiceSummary,
  type SettlementDocument,
  settlementDocument,
} from "./documents.ts";
import { readAccounts } from "./invoice-account.ts";
import { invoiceId, parseInvoiceId } from "./invoice-id.ts";
import type { InvoiceNumbers } from "./invoice-numbers.ts";
import { invoiceSheet } from "./invoice-sheet.ts";
import { type FoundInvoice, type LiveStores, liveOf } from "./live-invoice.ts";
import type { InvoicePrinter } from "./print-invoice.ts";
import type { Listed, ListPage, NotFound } from "./read-customers.ts";
import type { Seals } from "./seal.ts";
import type { InvoiceEntry, InvoiceIndex, Settlements } from "./settlement.ts";

/** What reading invoices needs. */
export interface InvoiceStores extends LiveStores {
  readonly invoices: InvoiceIndex;
  readonly settlements: Settlements;
  readonly numbers: Pick<InvoiceNumbers, "issued" | "blockAt">;
}

/** Which invoices to list. */
export interface InvoiceFilter extends ListPage {
  readonly merchant: MerchantId;
  readonly customer?: CustomerId | undefined;
  readonly settlement?: string | undefined;
  readonly status?: string | undefined;
  readonly number?: number | undefined;
}

/** Finds an invoice by its id. Errors: `not_found`. */
export async function findInvoice(
  seals: Seals,
  merchant: MerchantId,
  id: string,
): Promise<Result<FoundInvoice, NotFound>> {
  const name = parseInvoiceId(id);
  const seal = name === undefined ? undefined : await seals.seal({ merchant, customer: name.customer }, name.seal);
  const invoice = seal?.invoices.find(({ currency }) => currency === name?.currency);
  return seal === undefined || invoice === undefined ? err({ code: "not_found" }) : ok({ seal, invoice });
}

/**
 * Shows an invoice with its lines, what became of it, and the digest of its document, which is drawn for that.
 *
 * Errors: `not_found`.
 */
export async function getInvoice(
  stores: LiveStores & { readonly printer: InvoicePrinter },
  { merchant, id }: { readonly merchant: MerchantId; readonly id: string },
): Promise<Result<InvoiceDocument, NotFound>> {
  const found = await findInvoice(stores.seals, merchant, id);
  if (!found.ok) return found;
  const { seal, invoice } = found.value;
  const live = await liveOf(stores, found.value);
  if (live.issued === undefined) return ok(invoiceDocument(seal, invoice, live));
  const content = await stores.printer.print(invoiceSheet(found.value, live.issued));
  const digest = createHash("sha256").update(content).digest("hex");
  return ok(invoiceDocument(seal, invoice, { ...live, digest }));
}

/** Lists invoices: a customer's newest first, a settlement's by customer, else all, newest first. */
export async function listInvoices(
  stores: InvoiceStores,
  filter: InvoiceFilter,
): Promise<Result<Listed<InvoiceSummary>, never>> {
  const { number } = filter;
  if (number !== undefined) return ok(await invoiceOfNumber(stores, { ...filter, number }));
  if (filter.customer !== undefined)
    return ok(await invoicesOfCustomer(stores, { ...filter, customer: filter.customer }));
  const items: InvoiceSummary[] = [];
  let after = filter.after;
  do {
    const page = { limit: filter.limit - items.length, ...(after === undefined ? {} : { after }) };
    const { entries, next } =
      filter.settlement === undefined
        ? await stores.invoices.invoices(filter.merchant, page)
        : await stores.invoices.invoicesOfSettlement(filter.merchant, filter.settlement, page);
    const found = await Promise.all(entries.map((entry) => readEntry(stores.seals, entry)));
    items.push(...(await summariesOf(stores, found)).filter((item) => isAsked(item, filter)));
    after = next;
  } while (after !== undefined && items.length < filter.limit);
  return ok({ items, ...(after === undefined ? {} : { next: after }) });
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

function summariesOf(stores: InvoiceStores, found: readonly FoundInvoice[]): Promise<readonly InvoiceSummary[]> {
  return Promise.all(found.map(async (one) => invoiceSummary(one.seal, one.invoice, await liveOf(stores, one))));
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
  const items = found.ok ? await summariesOf(stores, [found.value]) : [];
  // Its number is in the block before it is noted beside it.
  return { items: items.map((item) => ({ ...item, number })).filter((item) => isAsked(item, filter)) };
}

function idOf({ seal, invoice: { currency } }: FoundInvoice): string {
  return invoiceId({ customer: seal.customer.customer, seal: seal.number, currency });
}

function isAsked(item: Pick<InvoiceSummary, "status" | "settlement">, { status, settlement }: InvoiceFilter): boolean {
  return (
    (status === undefined || item.status === status) && (settlement === undefined || item.settlement === settlement)
  );
}

/** Reads an invoice that the index names. Errors: throws where its seal is not there. */
export async function readEntry(
  seals: Seals,
  { merchant, customer, seal: number, currency }: InvoiceEntry,
): Promise<FoundInvoice> {
  const seal = await seals.seal({ merchant, customer }, number);
  const invoice = seal?.invoices.find((candidate) => candidate.currency === currency);
  if (seal === undefined || invoice === undefined) throw new Error("the index names an invoice that no seal holds");
  return { seal, invoice };
}

/** Shows a settlement. Errors: `not_found`. */
export async function getSettlement(
  { settlements }: Pick<InvoiceStores, "settlements">,
  { merchant, id }: { readonly merchant: MerchantId; readonly id: string },
): Promise<Result<SettlementDocument, NotFound>> {
  const settlement = await settlements.settlement(merchant, id);
  return settlement === undefined ? err({ code: "not_found" }) : ok(settlementDocument(settlement));
}

/** Lists settlements, newest first. */
export async function listSettlements(
  { settlements }: Pick<InvoiceStores, "settlements">,
  { merchant, limit, after }: ListPage & { readonly merchant: MerchantId },
): Promise<Result<Listed<SettlementDocument>, never>> {
  const page = await settlements.settlements(merchant, { limit, ...(after === undefined ? {} : { after }) });
  return ok({
    items: page.settlements.map(settlementDocument),
    ...(page.next === undefined ? {} : { next: page.next }),
  });
}
