import {
  type CurrencyCode,
  type CustomerId,
  formatDecimal,
  formatMoney,
  formatPicos,
  noMoney,
  type Picos,
} from "@farthing/money";
import { carryAmountOf } from "./assemble-invoice.ts";
import type { SealedInvoice, SealedLine } from "./seal.ts";

/** An invoice as exports need it: what its seal holds of it, with its names. Units: `sealedAt` in milliseconds. */
export interface ExportedInvoice extends Omit<SealedInvoice, "lines"> {
  readonly id: string;
  /** The merchant's number; a carried invoice has none. */
  readonly number?: number | undefined;
  readonly customer: CustomerId;
  readonly lines: readonly Omit<SealedLine, "key" | "chargedExact" | "chargedQuantity">[];
  readonly root: string;
  readonly sealedAt: number;
}

/** The columns of a settlement's export, the same in every format. */
export const exportColumns = [
  "record",
  "settlement",
  "invoice",
  "invoice_number",
  "customer",
  "status",
  "period_from",
  "period_to",
  "currency",
  "line",
  "kind",
  "meter",
  "group",
  "description",
  "quantity",
  "tax_rate",
  "tax_base",
  "tax_amount",
  "exact",
  "amount",
  "invoice_exact",
  "invoice_carried_in",
  "invoice_total",
  "invoice_carried_out",
  "invoice_events",
  "sealed_at",
  "root",
] as const;

/** One column's name. */
export type ExportColumn = (typeof exportColumns)[number];

/** A row as text, by column; a cell that is left out is empty. */
export type ExportRow = Readonly<Partial<Record<ExportColumn, string>>>;

/** A row of a line or of a carry, with what control totals add up. Units: picos. */
export interface LineRow {
  readonly cells: ExportRow;
  readonly currency: CurrencyCode;
  readonly exact: Picos;
  readonly amount: Picos;
  /** On the first row of an invoice: what `invoice_…` columns count once. */
  readonly begins?: ExportedInvoice;
}

/**
 * The rows of an invoice: one for each line, and one for the share of what was carried in. An invoice of neither has a row
 * of a carry of nothing: it would else be missing from the sums.
 */
export function rowsOf(settlement: string, invoice: ExportedInvoice): readonly LineRow[] {
  const { currency } = invoice;
  const named = { record: "line", settlement, ...invoiceCells(invoice) };
  const lines = invoice.lines.map((line) => {
    const { exact, amount } = line;
    return { currency, exact, amount, cells: { ...named, ...lineCells(line, currency) } };
  });
  const carry = carryAmountOf(invoice);
  const [first, ...rest] = carry === noMoney && lines.length > 0 ? lines : [...lines, carryRow(named, currency, carry)];
  return first === undefined ? [] : [{ ...first, begins: invoice }, ...rest];
}

function carryRow(named: ExportRow, currency: CurrencyCode, amount: Picos): LineRow {
  const carry = { kind: "carry", description: "Carried from earlier invoices", exact: "0" };
  return { currency, exact: noMoney, amount, cells: { ...named, ...carry, amount: formatMoney(amount, currency) } };
}

function invoiceCells(invoice: ExportedInvoice): ExportRow {
  const { currency, period } = invoice;
  return {
    invoice: invoice.id,
    ...(invoice.number === undefined ? {} : { invoice_number: String(invoice.number) }),
    customer: invoice.customer,
    status: invoice.status,
    period_from: new Date(period.from).toISOString(),
    period_to: new Date(period.to).toISOString(),
    currency,
    invoice_exact: formatPicos(invoice.exact),
    invoice_carried_in: formatPicos(invoice.carriedIn),
    invoice_total: formatMoney(invoice.total, currency),
    invoice_carried_out: formatPicos(invoice.carriedOut),
    invoice_events: String(invoice.events),
    sealed_at: new Date(invoice.sealedAt).toISOString(),
    root: invoice.root,
  };
}

function lineCells(line: ExportedInvoice["lines"][number], currency: CurrencyCode): ExportRow {
  return {
    line: line.id,
    kind: line.kind,
    ...(line.meter === undefined ? {} : { meter: line.meter }),
    ...(line.group === undefined ? {} : { group: JSON.stringify(line.group) }),
    description: line.description,
    ...(line.quantity === undefined ? {} : { quantity: formatDecimal(line.quantity) }),
    ...taxCells(line.tax),
    exact: formatPicos(line.exact),
    amount: formatMoney(line.amount, currency),
  };
}

/** A tax's own amount differs from what its line adds where prices hold it. */
function taxCells(tax: ExportedInvoice["lines"][number]["tax"]): ExportRow {
  if (tax === undefined) return {};
  return { tax_rate: tax.rate, tax_base: formatPicos(tax.base), tax_amount: formatPicos(tax.amount) };
}
