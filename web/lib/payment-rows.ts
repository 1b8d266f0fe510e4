import type { Collection, InvoiceHappening } from "@farthing/sdk";

/** One line of an invoice's payments: a try, a refund, or what was paid outside. */
export interface PaymentRow {
  readonly at: string;
  readonly state: string;
  readonly amount?: string;
  readonly fee?: { readonly value: string; readonly currency: string };
  /** What the payment provider or another system calls it, or why it did not pass. */
  readonly reference?: string;
}

/** Every try to collect an invoice, what was given back, and what was paid outside, in order of time. */
export function paymentRows(
  collection: Collection | undefined,
  history: readonly InvoiceHappening[],
): readonly PaymentRow[] {
  const rows = [...(collection === undefined ? [] : railRows(collection)), ...history.flatMap(outsideRow)];
  return rows.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

function railRows(collection: Collection): readonly PaymentRow[] {
  const { attempts, refunds, amount } = collection;
  const failed = attempts.filter(({ outcome }) => outcome !== "paid");
  return [
    ...failed.map(({ at, outcome, code }) => ({ at, state: outcome, amount, ...referenceOf(code) })),
    ...paidRow(collection),
    ...refunds.map(({ requestedAt, status, id, code, ...refund }) => ({
      at: requestedAt,
      state: `refund_${status}`,
      amount: `-${refund.amount}`,
      ...referenceOf(id ?? code),
    })),
  ];
}

/** The money arrived once, whether a try or a notice of the provider's brought it. */
function paidRow({ attempts, received, payment, amount }: Collection): readonly PaymentRow[] {
  const paid = attempts.find(({ outcome }) => outcome === "paid");
  const at = paid?.at ?? received?.at;
  if (at === undefined) return [];
  const fee = received && { value: received.fee, currency: received.currency };
  return [{ at, state: "paid", amount, ...(fee ? { fee } : {}), ...referenceOf(payment ?? received?.id) }];
}

function outsideRow({ event, at, amount, reference, reason }: InvoiceHappening): readonly PaymentRow[] {
  if (event !== "paid_outside") return [];
  return [
    { at, state: "paid_outside", ...(amount === undefined ? {} : { amount }), ...referenceOf(reference ?? reason) },
  ];
}

function referenceOf(reference: string | undefined): { readonly reference?: string } {
  return reference === undefined ? {} : { reference };
}
