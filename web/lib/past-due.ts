import type { InvoiceSummary } from "@farthing/sdk";
import { sum } from "./decimal.ts";

/** What a customer is late with in one currency. */
export interface Debt {
  readonly customer: string;
  readonly currency: string;
  readonly due: string;
  /** When the oldest of its invoices was to be paid. */
  readonly since: string;
  /** The oldest first. */
  readonly invoices: readonly InvoiceSummary[];
}

/** Sums invoices that are past due by customer and currency, exactly; who is late for longest comes first. */
export function debtsOf(invoices: readonly InvoiceSummary[]): readonly Debt[] {
  const groups = Map.groupBy(invoices, ({ customer, currency }) => `${currency} ${customer}`);
  return [...groups.values()]
    .flatMap(debtOf)
    .toSorted((a, b) => order(a.since, b.since) || order(a.customer, b.customer));
}

function debtOf(group: readonly InvoiceSummary[]): readonly Debt[] {
  const invoices = group.toSorted((a, b) => order(dueAt(a), dueAt(b)));
  const [oldest] = invoices;
  if (oldest === undefined) return [];
  const { customer, currency } = oldest;
  return [{ customer, currency, due: sum(invoices.map(({ due }) => due)), since: dueAt(oldest), invoices }];
}

/** Who has no terms is to pay at once. */
function dueAt({ dueAt: at, sealedAt }: InvoiceSummary): string {
  return at ?? sealedAt;
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
