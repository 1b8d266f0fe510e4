import {
  type CustomerId,
  err,
  formatDecimal,
  formatMoney,
  formatPicos,
  type MerchantId,
  ok,
  type Result,
} from "@farthing/money";
import type { HistoryStores } from "./carry-history.ts";
import { timeText } from "./documents.ts";
import { invoiceId } from "./invoice-id.ts";
import type { Listed, ListPage, NotFound } from "./read-customers.ts";
import type { Seal, SealedInvoice, SealedLine } from "./seal.ts";

/** Whose adjustments to list. */
export interface AdjustmentQuery extends ListPage {
  readonly merchant: MerchantId;
  readonly id: CustomerId;
}

/** A line that changes what a period was billed that was over, as decimal strings, and the invoices that had billed it. */
export interface Adjustment {
  readonly invoice: string;
  readonly line: string;
  readonly currency: string;
  readonly meter?: string;
  readonly group?: Readonly<Record<string, string>>;
  readonly description: string;
  readonly period: { readonly from: string; readonly to: string };
  readonly quantity?: string;
  readonly exact: string;
  readonly amount: string;
  readonly adjusts: readonly string[];
  readonly sealedAt: string;
}

/** Lists the adjustments of a customer's billed periods, newest first: what came late, and what was voided. Errors: `not_found`. */
export async function listAdjustments(
  stores: HistoryStores,
  { merchant, id, limit, after }: AdjustmentQuery,
): Promise<Result<Listed<Adjustment>, NotFound>> {
  if ((await stores.customers.customer(merchant, id)) === undefined) return err({ code: "not_found" });
  const all = adjustmentsOf(await stores.seals.seals({ merchant, customer: id })).toReversed();
  const rest = after === undefined ? all : all.slice(all.findIndex((one) => placeOf(one) === after) + 1);
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  return ok({ items, ...(last !== undefined && items.length < rest.length ? { next: placeOf(last) } : {}) });
}

function placeOf({ invoice, line }: Adjustment): string {
  return `${invoice} ${line}`;
}

/** In order of seals; each looks up the invoices before it that billed the same price for the same period. */
function adjustmentsOf(seals: readonly Seal[]): readonly Adjustment[] {
  const billed = new Map<string, string[]>();
  const adjustments: Adjustment[] = [];
  for (const seal of seals) {
    for (const invoice of seal.invoices) {
      const id = invoiceId({ customer: seal.customer.customer, seal: seal.number, currency: invoice.currency });
      for (const line of invoice.lines) {
        const known = billed.get(chargeText(line)) ?? [];
        if (line.kind === "adjustment") adjustments.push(adjustmentOf(line, { seal, invoice, id, adjusts: known }));
        billed.set(chargeText(line), known.at(-1) === id ? known : [...known, id]);
      }
    }
  }
  return adjustments;
}

/** Which price of which subscription a line is of, and for which period; its meter's definition may change. */
function chargeText({ key: { subscription, price, periodFrom, currency } }: SealedLine): string {
  return JSON.stringify([subscription, price, periodFrom, currency]);
}

interface Adjusting {
  readonly seal: Seal;
  readonly invoice: SealedInvoice;
  readonly id: string;
  readonly adjusts: readonly string[];
}

function adjustmentOf(
  { id: line, key, meter, group, description, quantity, exact, amount }: SealedLine,
  { seal, invoice: { currency }, id, adjusts }: Adjusting,
): Adjustment {
  return {
    invoice: id,
    line,
    currency,
    ...(meter === undefined ? {} : { meter }),
    ...(group === undefined ? {} : { group }),
    description,
    period: { from: timeText(key.periodFrom), to: timeText(key.periodTo) },
    ...(quantity === undefined ? {} : { quantity: formatDecimal(quantity) }),
    exact: formatPicos(exact),
    amount: formatMoney(amount, currency),
    adjusts: adjusts.filter((one) => one !== id),
    sealedAt: timeText(seal.sealedAt),
  };
}
