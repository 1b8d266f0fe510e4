import {
  type CurrencyCode,
  type CustomerId,
  formatDecimal,
  formatMoney,
  formatPicos,
  noMoney,
  type Picos,
  sum,
} from "@farthing/money";
import { stringify } from "csv-stringify/sync";
import { carryAmountOf } from "./assemble-invoice.ts";
import { csvCell } from "./csv-cell.ts";
import type { SealedInvoice, SealedLine } from "./seal.ts";

/** An invoice as exports need it: what its seal holds of it, with its names. Units: `sealedAt` in milliseconds. */
export interface ExportedInvoice extends Omit<SealedInvoice, "lines"> {
  readonly id: string;
  readonly customer: CustomerId;
  readonly lines: readonly Omit<SealedLine, "key" | "chargedExact" | "chargedQuantity">[];
  readonly root: string;
  readonly sealedAt: number;
}

const columns = [
  "record",
  "settlement",
  "invoice",
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

type Row = Readonly<Partial<Record<(typeof columns)[number], string>>>;

/**
 * Writes a settlement as CSV: a header, a row for each line of each invoice, and at the end a `total` row for each currency,
 * in which every column of amounts is the sum of that column (of `invoice_…` columns once an invoice).
 *
 * Yields as invoices come and keeps the totals alone. Source: RFC 4180; docs/pricing.md, "Settlement as CSV".
 */
export async function* settlementCsv(
  settlement: string,
  invoices: AsyncIterable<ExportedInvoice> | Iterable<ExportedInvoice>,
): AsyncGenerator<string, void> {
  yield toCsv([Object.fromEntries(columns.map((column) => [column, column]))]);
  const totals = new Map<CurrencyCode, Total>();
  for await (const invoice of invoices) {
    totals.set(invoice.currency, addToTotal(totals.get(invoice.currency) ?? nothing, invoice));
    yield toCsv(invoiceRows(settlement, invoice));
  }
  const sorted = [...totals].sort(([a], [b]) => (a < b ? -1 : 1));
  if (sorted.length > 0) yield toCsv(sorted.map(([currency, total]) => totalRow({ settlement, currency }, total)));
}

function invoiceRows(settlement: string, invoice: ExportedInvoice): readonly Row[] {
  const { currency, lines } = invoice;
  const named = { record: "line", settlement, ...invoiceCells(invoice) };
  const rows = lines.map((line) => ({ ...named, ...lineCells(line, currency) }));
  const carry = carryAmountOf(invoice);
  // An invoice that is nothing but a carry would else be missing from the sums of its columns.
  if (carry === 0n && rows.length > 0) return rows;
  const description = "Carried from earlier invoices";
  return [...rows, { ...named, kind: "carry", description, exact: "0", amount: formatMoney(carry, currency) }];
}

function invoiceCells(invoice: ExportedInvoice): Row {
  const { currency, period } = invoice;
  return {
    invoice: invoice.id,
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

function lineCells(line: ExportedInvoice["lines"][number], currency: CurrencyCode): Row {
  return {
    line: line.id,
    kind: line.kind,
    meter: line.meter ?? "",
    group: line.group === undefined ? "" : JSON.stringify(line.group),
    description: line.description,
    quantity: line.quantity === undefined ? "" : formatDecimal(line.quantity),
    exact: formatPicos(line.exact),
    amount: formatMoney(line.amount, currency),
  };
}

interface Total {
  readonly invoices: number;
  readonly events: number;
  readonly exact: Picos;
  readonly carriedIn: Picos;
  readonly total: Picos;
  readonly carriedOut: Picos;
}

const nothing: Total = {
  invoices: 0,
  events: 0,
  exact: noMoney,
  carriedIn: noMoney,
  total: noMoney,
  carriedOut: noMoney,
};

function addToTotal(so: Total, invoice: ExportedInvoice): Total {
  return {
    invoices: so.invoices + 1,
    events: so.events + invoice.events,
    exact: sum([so.exact, invoice.exact]),
    carriedIn: sum([so.carriedIn, invoice.carriedIn]),
    total: sum([so.total, invoice.total]),
    carriedOut: sum([so.carriedOut, invoice.carriedOut]),
  };
}

function totalRow({ settlement, currency }: { settlement: string; currency: CurrencyCode }, total: Total): Row {
  return {
    record: "total",
    settlement,
    currency,
    description: `Invoices: ${total.invoices}`,
    exact: formatPicos(total.exact),
    amount: formatMoney(total.total, currency),
    invoice_exact: formatPicos(total.exact),
    invoice_carried_in: formatPicos(total.carriedIn),
    invoice_total: formatMoney(total.total, currency),
    invoice_carried_out: formatPicos(total.carriedOut),
    invoice_events: String(total.events),
  };
}

function toCsv(rows: readonly Row[]): string {
  // Quoted are also lone line ends, and separators of other locales, behind which a formula could begin there.
  return stringify(
    rows.map((row) => columns.map((column) => csvCell(row[column] ?? ""))),
    { record_delimiter: "windows", quoted_match: /[;\t|'\r\n]/ },
  );
}
