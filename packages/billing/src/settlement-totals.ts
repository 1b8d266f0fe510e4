import { minus, noMoney, type Picos, sum } from "@farthing/money";
import type { SealedInvoice } from "./seal.ts";
import type { CurrencyTotals } from "./settlement.ts";

/** What an invoice adds to its settlement's totals. */
export type CountedInvoice = Pick<SealedInvoice, "currency" | "exact" | "total" | "carriedIn" | "carriedOut">;

/**
 * What invoices come to, by currency in order of codes; `carried` is what they added to their customers' carries.
 *
 * Units: picos. So `exact = invoiced + carried`, and the `carried` of all settlements add up to the carries that stand.
 */
export function totalsOf(invoices: Iterable<CountedInvoice>): readonly CurrencyTotals[] {
  return mergeTotals(
    Array.from(invoices, ({ currency, exact, total, carriedIn, carriedOut }) => [
      { currency, exact, invoiced: total, carried: minus(carriedOut, carriedIn) },
    ]),
  );
}

/** Adds totals up, by currency in order of codes: what chunks come to together. */
export function mergeTotals(parts: Iterable<readonly CurrencyTotals[]>): readonly CurrencyTotals[] {
  const merged = new Map<string, CurrencyTotals>();
  for (const part of parts) {
    for (const one of part) {
      const { exact, invoiced, carried } = merged.get(one.currency) ?? none;
      merged.set(one.currency, {
        currency: one.currency,
        exact: sum([exact, one.exact]),
        invoiced: sum([invoiced, one.invoiced]),
        carried: sum([carried, one.carried]),
      });
    }
  }
  return [...merged.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

const none: Readonly<Record<"exact" | "invoiced" | "carried", Picos>> = {
  exact: noMoney,
  invoiced: noMoney,
  carried: noMoney,
};
