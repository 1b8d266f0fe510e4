import type { InvoiceSummary } from "@farthing/sdk";
import { sum } from "./decimal.ts";

/** What a customer is late with in one currency. */
export interface Debt {
  readonly customer: string;
  readonly currency: string;
  readonly due: string;
  /** When the first of its invoices fell due unpaid. */
  readonly since: string;
  /** The oldest first. */
  readonly invoices: readonly InvoiceSummary[];
}

/**
 * Sums invoices that are past due by customer and currency, exactly; who is late for longest comes first. Since when an invoice is
 * past due is what its collection says, otherwise when it was to be paid, and at once where it has no terms.
 */
export function debtsOf(
  invoices: readonly InvoiceSummary[],
  since: ReadonlyMap<string, string> = new Map(),
): readonly Debt[] {
  const at = ({ id, dueAt, sealedAt }: InvoiceSummary) => since.get(id) ?? dueAt ?? sealedAt;
  const groups = Map.groupBy(invoices, ({ customer, currency }) => `${currency} ${customer}`);
  return [...groups.values()]
    .flatMap((group) => debtOf(group, at))
    .toSorted((a, b) => order(a.since, b.since) || order(a.customer, b.customer));
}

function debtOf(group: readonly InvoiceSummary[], at: (invoice: InvoiceSummary) => string): readonly Debt[] {
  const invoices = group.toSorted((a, b) => order(at(a), at(b)));
  const [oldest] = invoices;
  if (oldest === undefined) return [];
  const { customer, currency } = oldest;
  return [{ customer, currency, due: sum(invoices.map(({ due }) => due)), since: at(oldest), invoices }];
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
