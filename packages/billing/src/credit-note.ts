import { err, formatPicos, minus, noMoney, ok, type Picos, type Result, roundToMinor, sum } from "@farthing/money";
import type { Credited, CreditedEvent } from "./account-log.ts";
import { carryAmountOf } from "./assemble-invoice.ts";
import type { InvoiceAccount } from "./invoice-account.ts";
import { type InvoiceNotOpen, isOpen } from "./invoice-state.ts";
import type { SealedInvoice } from "./seal.ts";

/** What a credit note is to give back of an invoice: all that is left, or of lines. Units: picos; all of a line by default. */
export interface CreditAsked {
  readonly lines: "whole" | readonly { readonly line: string; readonly amount?: Picos | undefined }[];
  readonly events?: readonly CreditedEvent[] | undefined;
  readonly as?: "refund" | "carry" | undefined;
  readonly key?: string | undefined;
}

/** Why a credit note is refused. */
export type CreditRefused =
  | InvoiceNotOpen
  | { readonly code: "nothing_to_refund" }
  | { readonly code: "unknown_line"; readonly line: string }
  | { readonly code: "already_credited"; readonly event: string }
  | { readonly code: "credit_too_large"; readonly line?: string; readonly left: string };

/** The line that shows what was carried into an invoice. */
export const carryLineId = "line_carry";

/**
 * A credit note for an invoice, whose account is as of now.
 *
 * Each line gives back what is left of its exact amount at most, the carried line what was carried in, and all together what is
 * left of the whole invoice. What is given back now is rounded over all notes of the invoice, so that they never come to more
 * than its total; what that leaves is carried.
 * Errors, in this order: `invoice_not_open`, `nothing_to_refund`, `already_credited`, `unknown_line`, `credit_too_large`.
 * Source: docs/invoices.md, "Credit notes".
 */
export function creditOf(
  invoice: SealedInvoice,
  account: InvoiceAccount,
  asked: CreditAsked,
): Result<Credited, CreditRefused> {
  const { status, notes } = account;
  if (!isOpen(status) && status !== "paid") return err(notCreditable(status));
  if (isOpen(status) && asked.as === "refund") return err({ code: "nothing_to_refund" });
  const known = new Set(notes.flatMap(({ events }) => events ?? []).map(eventName));
  const again = asked.events?.find((event) => known.has(eventName(event)));
  if (again !== undefined) return err({ code: "already_credited", event: again.id });
  const lines = creditedLines(invoice, notes, asked.lines);
  if (!lines.ok) return lines;
  const exact = sum(lines.value.map((line) => line.exact));
  const whole = sum([...leftOf(invoice, notes).values()]);
  if (exact <= 0n || exact > whole) return err({ code: "credit_too_large", left: formatPicos(positive(whole)) });
  const as = asked.as ?? (isOpen(status) ? "due" : "carry");
  const total = as === "carry" ? noMoney : givenBack(invoice, notes, exact);
  const to = isOpen(status) && as === "due" && total === account.due ? "paid" : status;
  const named = asked.events === undefined ? {} : { events: asked.events };
  const key = asked.key === undefined ? {} : { key: asked.key };
  return ok({
    kind: "credit",
    as,
    lines: lines.value,
    ...named,
    exact,
    total,
    carried: minus(exact, total),
    to,
    ...key,
  });
}

function notCreditable(status: InvoiceNotOpen["invoiceStatus"]): InvoiceNotOpen {
  const detail = `An invoice that is ${status} gives nothing back; one that is sealed, past due or paid does.`;
  return { code: "invoice_not_open", invoiceStatus: status, detail };
}

/** What each line has left to give back; lines that took something off have less than nothing. */
function leftOf(invoice: SealedInvoice, notes: readonly Credited[]): ReadonlyMap<string, Picos> {
  const left = new Map(invoice.lines.map(({ id, exact }) => [id, exact]));
  if (invoice.carriedIn !== noMoney || carryAmountOf(invoice) !== noMoney) left.set(carryLineId, invoice.carriedIn);
  for (const { line, exact } of notes.flatMap(({ lines }) => lines))
    left.set(line, minus(left.get(line) ?? noMoney, exact));
  return left;
}

function creditedLines(
  invoice: SealedInvoice,
  notes: readonly Credited[],
  asked: CreditAsked["lines"],
): Result<Credited["lines"], CreditRefused> {
  const left = new Map(leftOf(invoice, notes));
  if (asked === "whole")
    return ok([...left].filter(([, exact]) => exact !== noMoney).map(([line, exact]) => ({ line, exact })));
  const lines: { line: string; exact: Picos }[] = [];
  for (const { line, amount } of asked) {
    const most = left.get(line);
    if (most === undefined) return err({ code: "unknown_line", line });
    const exact = amount ?? most;
    if (exact <= 0n || exact > most) return err({ code: "credit_too_large", line, left: formatPicos(positive(most)) });
    left.set(line, minus(most, exact));
    lines.push({ line, exact });
  }
  return ok(lines);
}

/** What of a note is given back in whole minor units: all notes so far, rounded once, less what they gave back before. */
function givenBack({ currency }: SealedInvoice, notes: readonly Credited[], exact: Picos): Picos {
  const before = notes.filter(({ as }) => as !== "carry");
  const rounded = roundToMinor(sum([...before.map((note) => note.exact), exact]), currency);
  return minus(rounded, sum(before.map(({ total }) => total)));
}

function positive(amount: Picos): Picos {
  return amount > 0n ? amount : noMoney;
}

function eventName({ id, source }: CreditedEvent): string {
  return JSON.stringify([source, id]);
}
