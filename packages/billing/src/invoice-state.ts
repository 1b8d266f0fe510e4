import { err, ok, type Result } from "@farthing/money";

/** What an invoice is: seen ahead, or what became of it. */
export type InvoiceStatus = "draft" | "sealed" | "paid" | "past_due" | "void" | "uncollectible" | "carried";

/** What happens to an invoice. */
export type InvoiceEvent =
  | "sealed"
  | "carried"
  | "collected"
  | "fell_due"
  | "given_up"
  | "paid_outside"
  | "voided"
  | "written_off";

/** Who lets a thing happen to an invoice; each event has one owner. */
export type EventOwner = "billing" | "collection" | "people";

interface Transition {
  readonly owner: EventOwner;
  readonly from: readonly InvoiceStatus[];
  readonly to: InvoiceStatus;
}

/**
 * Every way from one state to another. There is no way round in a circle, so each event happens to an invoice at most once.
 *
 * Source: docs/invoices.md, "Life of an invoice".
 */
export const transitions: Readonly<Record<InvoiceEvent, Transition>> = {
  sealed: { owner: "billing", from: ["draft"], to: "sealed" },
  carried: { owner: "billing", from: ["draft"], to: "carried" },
  collected: { owner: "collection", from: ["sealed", "past_due", "uncollectible"], to: "paid" },
  fell_due: { owner: "collection", from: ["sealed"], to: "past_due" },
  given_up: { owner: "collection", from: ["sealed", "past_due"], to: "uncollectible" },
  paid_outside: { owner: "people", from: ["sealed", "past_due", "uncollectible"], to: "paid" },
  voided: { owner: "people", from: ["sealed", "past_due", "uncollectible"], to: "void" },
  written_off: { owner: "people", from: ["sealed", "past_due"], to: "uncollectible" },
};

/** The events that come after the seal, each as a record in the customer's account log. */
export type LaterEvent = Exclude<InvoiceEvent, "sealed" | "carried">;

/** The invoice's state does not let this happen to it. */
export interface InvoiceNotOpen {
  readonly code: "invoice_not_open";
  readonly invoiceStatus: InvoiceStatus;
  readonly detail: string;
}

/** The state after an event. Errors: `invoice_not_open`. */
export function transition(state: InvoiceStatus, event: InvoiceEvent): Result<InvoiceStatus, InvoiceNotOpen> {
  const { from, to } = transitions[event];
  if (from.includes(state)) return ok(to);
  const detail = `An invoice that is ${state} cannot be made ${to}; one that is ${from.join(" or ")} can.`;
  return err({ code: "invoice_not_open", invoiceStatus: state, detail });
}

/** Whether money is still asked for. */
export function isOpen(state: InvoiceStatus): boolean {
  return state === "sealed" || state === "past_due";
}
