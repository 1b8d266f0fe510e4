import type { AccountType } from "./account.ts";

/** One leg of a rule: which part of the cause's amounts goes to which side of which account. */
export interface RuleRow {
  readonly side: "debit" | "credit";
  readonly account: AccountType;
  readonly part: string;
  /** In the second currency of a conversion. */
  readonly other?: true;
  /** The merchant's whole account, though parties have shares of it. */
  readonly whole?: true;
}

const debit = <A extends AccountType, P extends string>(account: A, part: P) =>
  ({ side: "debit", account, part }) as const;
const credit = <A extends AccountType, P extends string>(account: A, part: P) =>
  ({ side: "credit", account, part }) as const;

/**
 * What each cause posts. A rule balances by its parts, which the posting holds it to: `total + carried = net + tax` of an
 * invoice, where `carried` is what goes out less what came in; `gross = net + fee` of a payment.
 *
 * Source: docs/ledger.md, "What posts what".
 */
export const postingRules = {
  /** An invoice was sealed, or carried whole: then its total is nothing. */
  invoice_sealed: [
    debit("receivable", "total"),
    debit("rounding", "carried"),
    credit("revenue", "net"),
    credit("tax", "tax"),
  ],
  /** A sealed invoice was voided: its posting turned round. */
  invoice_voided: [
    credit("receivable", "total"),
    credit("rounding", "carried"),
    debit("revenue", "net"),
    debit("tax", "tax"),
  ],
  /** A credit note takes back some of a sealed invoice: what is asked for falls, and the next carries the rest of it. */
  credit_noted: [
    credit("receivable", "total"),
    credit("rounding", "carried"),
    debit("revenue", "net"),
    debit("tax", "tax"),
  ],
  /** An invoice was given up. Tax that the state gives back is part of it where there is such relief. */
  invoice_written_off: [credit("receivable", "total"), debit("bad_debt", "net"), debit("tax", "tax")],
  /** What was given up is owed again, as it is about to be paid. */
  write_off_reversed: [debit("receivable", "total"), credit("bad_debt", "net"), credit("tax", "tax")],
  /** What was given up was paid after all. */
  write_off_recovered: [credit("bad_debt", "gross"), debit("clearing", "net"), debit("fees", "fee")],
  /** An invoice that was given up was voided. */
  write_off_voided: [
    credit("bad_debt", "total"),
    credit("rounding", "carried"),
    debit("revenue", "net"),
    debit("tax", "tax"),
  ],
  /** A payment of an invoice arrived at the provider, which keeps its fee. */
  payment_received: [credit("receivable", "gross"), debit("clearing", "net"), debit("fees", "fee")],
  /** A payment was charged back or failed late: the invoice is owed again. The fee is what the provider gives back. */
  payment_reversed: [debit("receivable", "gross"), credit("clearing", "net"), credit("fees", "fee")],
  /** A payment was refunded; the credit note behind it is a cause of its own. */
  payment_refunded: [debit("receivable", "gross"), credit("clearing", "net"), credit("fees", "fee")],
  /** The provider took a fee by itself, as for a dispute. */
  fee_charged: [debit("fees", "fee"), credit("clearing", "fee")],
  /** A customer paid in advance. */
  wallet_topped_up: [credit("wallet", "gross"), debit("clearing", "net"), debit("fees", "fee")],
  /** Prepaid money paid an invoice. */
  wallet_drawn: [debit("wallet", "amount"), credit("receivable", "amount")],
  /** Prepaid money paid a charge at once, without an invoice. */
  wallet_charged: [debit("wallet", "total"), credit("revenue", "net"), credit("tax", "tax")],
  /** Prepaid money was given back. */
  wallet_refunded: [debit("wallet", "gross"), credit("clearing", "net"), credit("fees", "fee")],
  /** Prepaid money is set aside until its hold ends. */
  hold_placed: [debit("wallet", "amount"), credit("held", "amount")],
  /** A hold ended: what was posted pays an invoice, the rest is free again. */
  hold_ended: [
    debit("held", "posted"),
    credit("receivable", "posted"),
    debit("held", "rest"),
    credit("wallet", "rest"),
  ],
  /** A payee earned a share of what was charged. */
  share_earned: [{ ...debit("revenue", "amount"), whole: true }, credit("payable", "amount")],
  /** A payee was paid. */
  payout_sent: [debit("payable", "gross"), credit("clearing", "net"), credit("fees", "fee")],
  /** Money was changed: each currency balances against the exchange account, and the spread is a leg of its own. */
  converted: [
    debit("exchange", "sold"),
    credit("clearing", "sold"),
    { ...debit("clearing", "bought"), other: true },
    { ...credit("exchange", "bought"), other: true },
    { ...debit("fees", "spread"), other: true },
    { ...credit("exchange", "spread"), other: true },
  ],
} as const satisfies Readonly<Record<string, readonly RuleRow[]>>;

/** A kind of cause. */
export type CauseKind = keyof typeof postingRules;

/** The amounts that a cause's rule shares out. */
export type PartOf<Kind extends CauseKind> = (typeof postingRules)[Kind][number]["part"];
