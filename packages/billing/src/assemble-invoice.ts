import {
  type CurrencyCode,
  type Decimal,
  largestRemainder,
  minorUnit,
  minus,
  noMoney,
  type Picos,
  roundToMinor,
  roundToPicos,
  sum,
  zero,
} from "@farthing/money";

/** What an invoice is made of: exact amounts of one currency. Units: picos; `minimumInvoice` in major units. */
export interface InvoiceParts<Line extends { readonly exact: Picos }> {
  readonly currency: CurrencyCode;
  readonly lines: readonly Line[];
  readonly carriedIn: Picos;
  readonly minimumInvoice?: Decimal | undefined;
  /** Whether a total is asked for now; always, where nothing is said. */
  readonly asks?: (total: Picos) => boolean;
}

/**
 * An invoice's amounts, in picos: `exact + carriedIn = total + carriedOut`, and the lines' amounts with `carryAmount` add
 * up to `total`.
 */
export interface AssembledInvoice<Line> {
  readonly currency: CurrencyCode;
  readonly status: "sealed" | "carried";
  readonly lines: readonly (Line & { readonly amount: Picos })[];
  readonly carryAmount: Picos;
  readonly exact: Picos;
  readonly carriedIn: Picos;
  readonly total: Picos;
  readonly carriedOut: Picos;
}

/**
 * Rounds an invoice once, on its total, half to even to the currency's minor unit, and shows its lines so that they add up.
 *
 * A total of nothing, below the minimum, below nought, or not asked for yet carries the whole exact amount to the next invoice. Lines and
 * carry get whole minor units by largest remainder, none a unit or more from its exact amount; equal remainders go to
 * the larger amount first and to the carry last, so the order of lines changes nothing.
 * Source: docs/pricing.md, "Rounding and carry".
 */
export function assembleInvoice<Line extends { readonly exact: Picos }>({
  currency,
  lines,
  carriedIn,
  minimumInvoice = zero,
  asks = () => true,
}: InvoiceParts<Line>): AssembledInvoice<Line> {
  const exact = sum(lines.map((line) => line.exact));
  const due = sum([exact, carriedIn]);
  const rounded = roundToMinor(due, currency);
  const sealed = rounded > 0n && rounded >= roundToPicos(minimumInvoice, "up") && asks(rounded);
  const total = sealed ? rounded : noMoney;
  const amounts = sealed ? shownAmounts(lines, { currency, carriedIn, total }) : [];
  const shown = lines.map((line, index) => ({ ...line, amount: amounts[index] ?? noMoney }));
  const carryAmount = carryAmountOf({ total, lines: shown });
  const status = sealed ? "sealed" : "carried";
  return { currency, status, lines: shown, carryAmount, exact, carriedIn, total, carriedOut: minus(due, total) };
}

/** What of an invoice's total its lines do not show: the share of the carry that came in. Units: picos, whole minor units. */
export function carryAmountOf({
  total,
  lines,
}: {
  readonly total: Picos;
  readonly lines: readonly { readonly amount: Picos }[];
}): Picos {
  return minus(total, sum(lines.map(({ amount }) => amount)));
}

function shownAmounts(
  lines: readonly { readonly exact: Picos }[],
  { currency, carriedIn, total }: { currency: CurrencyCode; carriedIn: Picos; total: Picos },
): readonly Picos[] {
  const exactOf = (index: number) => lines[index]?.exact ?? noMoney;
  const order = [...lines.keys()].sort((a, b) => (exactOf(a) > exactOf(b) ? -1 : exactOf(a) < exactOf(b) ? 1 : a - b));
  const shares = largestRemainder([...order.map(exactOf), carriedIn], total, minorUnit(currency));
  const amounts: Picos[] = [];
  for (const [position, index] of order.entries()) amounts[index] = shares[position] ?? noMoney;
  return amounts;
}
