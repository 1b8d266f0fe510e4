import { no, type ProblemRow, yes } from "./problem-row.ts";

/** Failures of requests that what is stored stands against. Source: RFC 9110, 15.5.10. */
export const problemsOfState = {
  idempotency_conflict: {
    status: 409,
    title: "Idempotency key used before",
    detail: "The same idempotency key or id came with other content before.",
    ...no,
  },
  own_key: {
    status: 409,
    title: "A key cannot revoke itself",
    detail: "Make another admin key, and revoke this one with that.",
    ...no,
  },
  period_open: {
    status: 409,
    title: "Period not over",
    detail: "Books close through an instant that has passed.",
    ...no,
  },
  period_closed: {
    status: 409,
    title: "Period closed before",
    detail: "The books are closed through a later instant already. Closes follow each other in order.",
    ...no,
  },
  too_many_webhooks: {
    status: 409,
    title: "Too many webhooks",
    detail: "A merchant has at most 16 webhooks. Delete one that is not needed.",
    ...no,
  },
  webhook_disabled: {
    status: 409,
    title: "Webhook disabled",
    detail: "The webhook is told nothing. Enable it first, with `enabled: true`.",
    ...no,
  },
  already_cancelled: {
    status: 409,
    title: "Cancelled already",
    detail: "The subscription is cancelled already, for an earlier instant.",
    ...no,
  },
  already_paused: {
    status: 409,
    title: "Paused already",
    detail: "The subscription is paused. Resume it first.",
    ...no,
  },
  not_paused: { status: 409, title: "Not paused", detail: "Only a paused subscription is resumed.", ...no },
  subscription_ended: {
    status: 409,
    title: "Subscription over",
    detail: "The subscription is cancelled, or another has taken over from it, by then.",
    ...no,
  },
  backfill_closed: {
    status: 409,
    title: "Backfill closed",
    detail: "The backfill was committed or dropped. Open another, under a name of its own.",
    ...no,
  },
  settlement_running: {
    status: 409,
    title: "Settlement still running",
    detail: "What the settlement comes to is known when its status is `done`.",
    ...yes,
  },
  invoice_not_open: {
    status: 409,
    title: "Invoice not open",
    detail: "The invoice's status does not let this happen to it.",
    ...no,
  },
  transition_conflict: {
    status: 409,
    title: "Happened before, otherwise",
    detail: "The same happened to the invoice before, with another reason, time or reference.",
    ...no,
  },
  nothing_to_refund: {
    status: 409,
    title: "Nothing paid yet",
    detail: "The invoice is not paid: a credit note takes off what is due, and there is nothing to refund.",
    ...no,
  },
  already_credited: {
    status: 409,
    title: "Credited before",
    detail: "Another credit note of the invoice gives this event back already.",
    ...no,
  },
  invalid_signature: {
    status: 400,
    title: "No valid signature",
    detail:
      "The webhook is not signed by one of the secrets that are in use, or it was signed more than five minutes ago.",
    ...no,
  },
  not_collected: {
    status: 409,
    title: "Nothing left to pay",
    detail: "The invoice is paid, or is not collected any more.",
    ...no,
  },
  not_issued: {
    status: 409,
    title: "Invoice without a number",
    detail:
      "Only an invoice with a number has a document. One that is carried asks for nothing: its amount is on the next.",
    ...no,
  },
  coupon_used: {
    status: 409,
    title: "Coupon taken away before",
    detail: "The customer had this coupon, and it was removed. A coupon is given to a customer once.",
    ...no,
  },
  coupon_expired: { status: 409, title: "Coupon expired", detail: "The coupon is not given any more.", ...no },
  coupon_exhausted: {
    status: 409,
    title: "Coupon given out",
    detail: "The coupon was given to as many customers as it may be.",
    ...no,
  },
} as const satisfies Readonly<Record<string, ProblemRow>>;
