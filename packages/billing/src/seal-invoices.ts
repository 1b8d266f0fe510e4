import { type CurrencyCode, type Decimal, noMoney, type Picos } from "@farthing/money";
import { assembleInvoice } from "./assemble-invoice.ts";
import type { LineDraft } from "./line-draft.ts";
import type { Seal, SealedInvoice } from "./seal.ts";
import { lineKeyText } from "./seal-chain.ts";
import type { Rated, RatingOrder } from "./seal-rating.ts";

/** The invoices of a seal, one for each currency with a line, and what each currency carries on. */
export function invoicesOf(
  { lines, events }: Rated,
  { rating, carries }: { readonly rating: RatingOrder; readonly carries: Seal["carries"] },
): Pick<Seal, "invoices" | "carries"> {
  const currencies = [...new Set(lines.map(({ key }) => key.currency))].sort();
  const invoices = currencies.map((currency) => {
    const own = lines.filter(({ key }) => key.currency === currency);
    return invoiceOf(own, {
      currency,
      rating,
      carriedIn: carries[currency] ?? noMoney,
      events: events.get(currency) ?? 0,
    });
  });
  const carriedOut = invoices.map(({ currency, carriedOut: carry }) => [currency, carry] as const);
  const all = Object.entries({ ...carries, ...Object.fromEntries(carriedOut) }).filter(([, carry]) => carry !== 0n);
  return { invoices, carries: Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1))) };
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
  const assembled = assembleInvoice({ currency, lines, carriedIn, minimumInvoice: minimumOf(rating, currency) });
  const { status, exact, total, carriedOut } = assembled;
  const first = Math.min(...lines.map(({ key }) => key.periodFrom));
  const period = { from: Number.isFinite(rating.last.cut) ? rating.last.cut : first, to: rating.next.cut };
  return { currency, status, period, lines: assembled.lines, exact, carriedIn, total, carriedOut, events };
}

/** Charges come first, then what is taken off them, then taxes. */
function placeOf({ kind }: LineDraft): number {
  return ["discount", "credit", "tax"].indexOf(kind) + 1;
}

/** The least that an invoice may come to: that of the plan in force at the new cut, in its own currency. */
function minimumOf({ windows, next }: RatingOrder, currency: CurrencyCode): Decimal | undefined {
  const window = windows.find(({ from, to }) => from < next.cut && next.cut <= to);
  return window?.plan.currency === currency ? window.plan.minimumInvoice : undefined;
}
