import { type CurrencyCode, type Decimal, isCurrency, noMoney, type Picos } from "@farthing/money";
import { assembleInvoice } from "./assemble-invoice.ts";
import { inForceAt } from "./charge-window.ts";
import { asksFor, cutsPeriod, policyOf } from "./collect-rule.ts";
import type { LineDraft } from "./line-draft.ts";
import type { Seal, SealedInvoice } from "./seal.ts";
import { lineKeyText } from "./seal-chain.ts";
import type { Rated, RatingOrder } from "./seal-rating.ts";

/**
 * The invoices of a seal, one for each currency with a line, or whose carry a policy asks for now; what each currency carries
 * on, and since when what a policy carries on was billed.
 */
export function invoicesOf(
  { lines, events }: Rated,
  { rating, carries }: { readonly rating: RatingOrder; readonly carries: Seal["carries"] },
): Pick<Seal, "invoices" | "carries" | "since"> {
  const billed = new Set(lines.map(({ key }) => key.currency));
  const currencies = [...new Set([...billed, ...carriesRuled(rating, carries)])].sort();
  const invoices = currencies
    .map((currency) => {
      const own = lines.filter(({ key }) => key.currency === currency);
      const [carriedIn, count] = [carries[currency] ?? noMoney, events.get(currency) ?? 0];
      return invoiceOf(own, { currency, rating, carriedIn, events: count });
    })
    .filter(({ currency, status }) => billed.has(currency) || status === "sealed");
  const carriedOut = invoices.map(({ currency, carriedOut: carry }) => [currency, carry] as const);
  const all = Object.entries({ ...carries, ...Object.fromEntries(carriedOut) }).filter(([, carry]) => carry !== 0n);
  return {
    invoices,
    carries: Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1))),
    ...sinceOf(rating, invoices),
  };
}

/** The currencies of which a policy may ask for what was carried, though nothing of them is billed now. */
function carriesRuled(rating: RatingOrder, carries: Seal["carries"]): readonly CurrencyCode[] {
  return Object.keys(carries)
    .filter(isCurrency)
    .filter((code) => (carries[code] ?? noMoney) > 0n && policyOf(rating, code) !== undefined);
}

/** Since when what a policy carries on was billed: from the first cut that carried it until it is asked for. */
function sinceOf(rating: RatingOrder, invoices: readonly SealedInvoice[]): Pick<Seal, "since"> {
  const since = new Map(Object.entries(rating.chain.latest?.since ?? {}));
  for (const { currency, status, carriedOut } of invoices) {
    const isCarried = status === "carried" && carriedOut > 0n && policyOf(rating, currency) !== undefined;
    if (isCarried) since.set(currency, since.get(currency) ?? rating.next.cut);
    else since.delete(currency);
  }
  if (since.size === 0) return {};
  return { since: Object.fromEntries([...since].sort(([a], [b]) => (a < b ? -1 : 1))) };
}

function invoiceOf(
  drafts: readonly LineDraft[],
  {
    currency,
    rating,
    carriedIn,
    events,
  }: { currency: CurrencyCode; rating: RatingOrder; carriedIn: Picos; events: number },
): SealedInvoice {
  const sorted = [...drafts].sort(
    (a, b) =>
      placeOf(a) - placeOf(b) ||
      a.key.periodFrom - b.key.periodFrom ||
      (lineKeyText(a.key) < lineKeyText(b.key) ? -1 : 1),
  );
  const lines = sorted.map((line, index) => ({ ...line, id: `line_${index + 1}` }));
  const policy = policyOf(rating, currency);
  const at = { cut: rating.next.cut, since: rating.chain.latest?.since?.[currency], isPeriodEnd: cutsPeriod(rating) };
  const asks = (due: Picos) => asksFor(policy, { ...at, due });
  const assembled = assembleInvoice({ currency, lines, carriedIn, minimumInvoice: minimumOf(rating, currency), asks });
  const { status, exact, total, carriedOut } = assembled;
  const first = Math.min(...lines.map(({ key }) => key.periodFrom));
  const period = { from: Number.isFinite(rating.last.cut) ? rating.last.cut : first, to: rating.next.cut };
  return { currency, status, period, lines: assembled.lines, exact, carriedIn, total, carriedOut, events };
}

/** Charges come first, then what is taken off them, then taxes. */
function placeOf({ kind }: LineDraft): number {
  return ["discount", "credit", "tax"].indexOf(kind) + 1;
}

/** The least that an invoice may come to: that of the base plan in force at the new cut, in its own currency. */
function minimumOf({ windows, next }: RatingOrder, currency: CurrencyCode): Decimal | undefined {
  const window = inForceAt(windows, next.cut);
  return window?.plan.currency === currency ? window.plan.minimumInvoice : undefined;
}
