import { type CurrencyCode, formatMoney, formatPicos, noMoney, type Picos, sum } from "@farthing/money";
import type { ExportRow, LineRow } from "./settlement-rows.ts";

interface Total {
  readonly invoices: number;
  readonly events: number;
  readonly rowExact: Picos;
  readonly amount: Picos;
  readonly exact: Picos;
  readonly carriedIn: Picos;
  readonly total: Picos;
  readonly carriedOut: Picos;
}

const nothing: Total = {
  invoices: 0,
  events: 0,
  rowExact: noMoney,
  amount: noMoney,
  exact: noMoney,
  carriedIn: noMoney,
  total: noMoney,
  carriedOut: noMoney,
};

/**
 * The control totals of rows, a row for each currency in order of codes: every column of amounts is the sum of that column,
 * of `invoice_…` columns once for each invoice that begins among the rows.
 */
export function controlTotals(settlement: string, rows: Iterable<LineRow>): readonly ExportRow[] {
  const totals = new Map<CurrencyCode, Total>();
  for (const row of rows) totals.set(row.currency, addRow(totals.get(row.currency) ?? nothing, row));
  const sorted = [...totals].sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted.map(([currency, total]) => totalRow({ settlement, currency }, total));
}

function addRow(so: Total, { exact, amount, begins: invoice }: LineRow): Total {
  const added = { ...so, rowExact: sum([so.rowExact, exact]), amount: sum([so.amount, amount]) };
  if (invoice === undefined) return added;
  return {
    ...added,
    invoices: so.invoices + 1,
    events: so.events + invoice.events,
    exact: sum([so.exact, invoice.exact]),
    carriedIn: sum([so.carriedIn, invoice.carriedIn]),
    total: sum([so.total, invoice.total]),
    carriedOut: sum([so.carriedOut, invoice.carriedOut]),
  };
}

function totalRow({ settlement, currency }: { settlement: string; currency: CurrencyCode }, total: Total): ExportRow {
  return {
    record: "total",
    settlement,
    currency,
    description: `Invoices: ${total.invoices}`,
    exact: formatPicos(total.rowExact),
    amount: formatMoney(total.amount, currency),
    invoice_exact: formatPicos(total.exact),
    invoice_carried_in: formatPicos(total.carriedIn),
    invoice_total: formatMoney(total.total, currency),
    invoice_carried_out: formatPicos(total.carriedOut),
    invoice_events: String(total.events),
  };
}
