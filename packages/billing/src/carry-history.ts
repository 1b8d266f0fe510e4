import {
  type CustomerId,
  err,
  formatMoney,
  formatPicos,
  isCurrency,
  type MerchantId,
  noMoney,
  ok,
  type Result,
} from "@farthing/money";
import type { Customers } from "./customer.ts";
import { timeText } from "./documents.ts";
import { invoiceId } from "./invoice-id.ts";
import type { Listed, ListPage, NotFound } from "./read-customers.ts";
import type { Seal, Seals } from "./seal.ts";

/** What a customer's history reads. */
export interface HistoryStores {
  readonly seals: Pick<Seals, "seals">;
  readonly customers: Pick<Customers, "customer">;
}

/** Whose carry to tell, of one currency or of all. */
export interface CarryQuery extends ListPage {
  readonly merchant: MerchantId;
  readonly id: CustomerId;
  readonly currency?: string | undefined;
}

/**
 * One step of a currency's carry, as decimal strings: `carriedIn` is what the step before carried out less what credit notes
 * took off it, and exact + carriedIn = total + carriedOut.
 */
export interface CarryStep {
  readonly seal: number;
  readonly invoice?: string;
  readonly currency: string;
  readonly credited: string;
  readonly carriedIn: string;
  readonly exact: string;
  readonly total: string;
  readonly carriedOut: string;
  readonly sealedAt: string;
}

/** Lists every step of a customer's carry, from the first seal on. Errors: `not_found`. */
export async function listCarry(
  stores: HistoryStores,
  { merchant, id, currency, limit, after }: CarryQuery,
): Promise<Result<Listed<CarryStep>, NotFound>> {
  const customer = { merchant, customer: id };
  if ((await stores.customers.customer(merchant, id)) === undefined) return err({ code: "not_found" });
  const steps = (await stores.seals.seals(customer))
    .flatMap(carrySteps)
    .filter((step) => currency === undefined || step.currency === currency);
  const rest = after === undefined ? steps : steps.slice(steps.findIndex((step) => placeOf(step) === after) + 1);
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  return ok({ items, ...(last !== undefined && items.length < rest.length ? { next: placeOf(last) } : {}) });
}

function placeOf({ seal, currency }: CarryStep): string {
  return `${seal} ${currency}`;
}

/** What a seal does to the carry of each currency: with an invoice, or with credit notes alone. */
function carrySteps({ customer, number, invoices, carries, creditNotes = {}, sealedAt }: Seal): readonly CarryStep[] {
  const currencies = [...invoices.map(({ currency }) => currency), ...Object.keys(creditNotes)].filter(isCurrency);
  return [...new Set(currencies)].sort().map((currency) => {
    const invoice = invoices.find((one) => one.currency === currency);
    const carry = carries[currency] ?? noMoney;
    const { exact, carriedIn, total, carriedOut } = invoice ?? alone(carry);
    const id = invoiceId({ customer: customer.customer, seal: number, currency });
    return {
      seal: number,
      ...(invoice === undefined ? {} : { invoice: id }),
      currency,
      credited: formatPicos(creditNotes[currency] ?? noMoney),
      carriedIn: formatPicos(carriedIn),
      exact: formatPicos(exact),
      total: formatMoney(total, currency),
      carriedOut: formatPicos(carriedOut),
      sealedAt: timeText(sealedAt),
    };
  });
}

function alone(carry: Seal["carries"][string]) {
  return { exact: noMoney, carriedIn: carry, total: noMoney, carriedOut: carry };
}
