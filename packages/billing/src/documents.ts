import { formatDecimal, formatMoney, formatPicos, noMoney, type Picos } from "@farthing/money";
import { carryAmountOf } from "./assemble-invoice.ts";
import type { Customer } from "./customer.ts";
import { effectiveFee } from "./fee-share.ts";
import { invoiceId } from "./invoice-id.ts";
import { transitions } from "./invoice-state.ts";
import { dueAtOf } from "./invoice-terms.ts";
import { type LiveInvoice, untouched } from "./live-invoice.ts";
import type { Seal, SealedInvoice, SealedLine } from "./seal.ts";
import type { Settlement } from "./settlement.ts";
import { termsDocument } from "./terms-document.ts";

/** An instant as the API writes it. Units: milliseconds in. Source: RFC 3339. */
export function timeText(instantMs: number): string {
  return new Date(instantMs).toISOString();
}

/** A customer as the API shows it. */
export function customerDocument({ merchant: _, createdAt, updatedAt, ...customer }: Customer) {
  return { ...customer, createdAt: timeText(createdAt), updatedAt: timeText(updatedAt) };
}

/** A customer as the API shows it. */
export type CustomerDocument = ReturnType<typeof customerDocument>;

/** A settlement as the API shows it. */
export function settlementDocument(settlement: Settlement) {
  const { id, status, through, dryRun, customerCount, invoiceCount, totals, createdAt, finishedAt } = settlement;
  return {
    id,
    status,
    through: timeText(through),
    dryRun,
    customers: customerCount ?? 0,
    invoices: invoiceCount ?? 0,
    totals: (totals ?? []).map(({ currency, exact, invoiced, carried }) => ({
      currency,
      exact: formatPicos(exact),
      invoiced: formatMoney(invoiced, currency),
      carried: formatPicos(carried),
    })),
    createdAt: timeText(createdAt),
    ...(finishedAt === undefined ? {} : { finishedAt: timeText(finishedAt) }),
  };
}

/** A settlement as the API shows it. */
export type SettlementDocument = ReturnType<typeof settlementDocument>;

/** An invoice as the API lists it: all but its lines and its history. */
export function invoiceSummary(
  { customer, number: seal, root, settlement, sealedAt }: Seal,
  invoice: SealedInvoice,
  { account, issued, digest }: LiveInvoice = untouched(invoice),
) {
  const { currency, period, exact, carriedIn, total, carriedOut, events } = invoice;
  const dueAt = issued?.terms === undefined ? undefined : timeText(dueAtOf({ sealedAt }, issued.terms));
  return {
    id: invoiceId({ customer: customer.customer, seal, currency }),
    ...(issued === undefined ? {} : { number: issued.number }),
    customer: customer.customer,
    period: { from: timeText(period.from), to: timeText(period.to) },
    currency,
    status: account.status,
    exact: formatPicos(exact),
    carriedIn: formatPicos(carriedIn),
    total: formatMoney(total, currency),
    carriedOut: formatPicos(carriedOut),
    due: formatMoney(account.due, currency),
    ...(dueAt === undefined ? {} : { dueAt }),
    events,
    root,
    settlement,
    sealedAt: timeText(sealedAt),
    ...(issued?.terms?.fee === undefined ? {} : { fee: effectiveFee(total, issued.terms.fee) }),
    ...(digest === undefined ? {} : { digest }),
  };
}

/** An invoice as the API lists it. */
export type InvoiceSummary = ReturnType<typeof invoiceSummary>;

/** An invoice as the API shows it; what came in as carry has a line of its own, so that the lines add up to the total. */
export function invoiceDocument(seal: Seal, invoice: SealedInvoice, live: LiveInvoice = untouched(invoice)) {
  const carry = carryAmountOf(invoice);
  const lines = invoice.lines.map((line) => lineDocument(line, invoice));
  const carried = { id: "line_carry", kind: "carry" as const, description: "Carried from earlier invoices" };
  const amount = formatMoney(carry, invoice.currency);
  const carryLine = carry === noMoney ? [] : [{ ...carried, exact: formatPicos(noMoney), amount }];
  const history = historyOf(seal, invoice, live);
  return { ...invoiceSummary(seal, invoice, live), lines: [...lines, ...carryLine], history };
}

/** An invoice as the API shows it. */
export type InvoiceDocument = ReturnType<typeof invoiceDocument>;

/** What happened to an invoice, in order, and whose doing each was. */
function historyOf({ sealedAt }: Seal, { status, currency }: SealedInvoice, { account }: LiveInvoice) {
  const sealing = { event: status, status, by: transitions[status].owner };
  const later = account.records.map(({ change, at, recordedAt, reason, reference }) => ({
    ...(change.kind === "credit"
      ? { event: "credited" as const, by: "people" as const, amount: formatMoney(change.total, currency) }
      : { event: change.event, by: transitions[change.event].owner, amount: formatMoney(change.amount, currency) }),
    status: change.to,
    at: timeText(at),
    recordedAt: timeText(recordedAt),
    ...(reason === undefined ? {} : { reason }),
    ...(reference === undefined ? {} : { reference }),
  }));
  return [{ ...sealing, at: timeText(sealedAt), recordedAt: timeText(sealedAt) }, ...later];
}

function lineDocument(
  { id, kind, key, meter, group, description, quantity, exact, amount, ...terms }: SealedLine,
  { currency }: SealedInvoice,
) {
  return {
    id,
    kind,
    ...(meter === undefined ? {} : { meter }),
    ...(group === undefined ? {} : { group }),
    description,
    ...termsDocument(terms),
    period: { from: timeText(key.periodFrom), to: timeText(key.periodTo) },
    ...(quantity === undefined ? {} : { quantity: formatDecimal(quantity) }),
    exact: formatPicos(exact),
    amount: formatMoney(amount as Picos, currency),
  };
}
