import { err, type MerchantId, ok, type Result } from "@farthing/money";
import type { AccountRecord } from "./account-log.ts";
import { appendBooked, type BookingStores } from "./book-records.ts";
import { type InvoiceDocument, invoiceDocument } from "./documents.ts";
import { accountOf, recordsOf } from "./invoice-account.ts";
import { type InvoiceNotOpen, type LaterEvent, transition } from "./invoice-state.ts";
import { type FoundInvoice, type LiveStores, liveOf } from "./live-invoice.ts";
import type { NotFound } from "./read-customers.ts";
import { findInvoice } from "./read-invoices.ts";

/** What changing an invoice needs. */
export type ChangeStores = LiveStores & BookingStores;

/** What happens to which invoice. Units: `at` in milliseconds, by default now. */
export interface InvoiceChange {
  readonly merchant: MerchantId;
  readonly id: string;
  readonly event: LaterEvent;
  readonly at?: number | undefined;
  readonly reason?: string | undefined;
  readonly reference?: string | undefined;
}

/** The same happened to the invoice before, for another reason, at another time or under another reference. */
export interface TransitionConflict {
  readonly code: "transition_conflict";
}

/**
 * Lets an event happen to an invoice. The same again answers the same; of two at once the second sees what the first did.
 *
 * Errors, in this order: `not_found`, `transition_conflict`, `invoice_not_open`.
 */
export async function changeInvoice(
  stores: ChangeStores,
  change: InvoiceChange,
): Promise<Result<InvoiceDocument, NotFound | TransitionConflict | InvoiceNotOpen>> {
  const found = await findInvoice(stores.seals, change.merchant, change.id);
  if (!found.ok) return found;
  for (;;) {
    const all = await stores.account.recordsFrom(found.value.seal.customer, 1);
    const next = nextRecord(all, found.value, { ...change, now: stores.clock.now() });
    if (!next.ok) return next;
    const { seal, invoice } = found.value;
    if (next.value !== undefined && (await appendBooked(stores, next.value, { ...found.value, all })) === "taken")
      continue;
    return ok(invoiceDocument(seal, invoice, await liveOf(stores, found.value)));
  }
}

/** The record to append; undefined where it is there already. */
function nextRecord(
  all: readonly AccountRecord[],
  { seal, invoice }: FoundInvoice,
  { event, now, ...said }: InvoiceChange & { readonly now: number },
): Result<AccountRecord | undefined, TransitionConflict | InvoiceNotOpen> {
  const place = { seal: seal.number, currency: invoice.currency };
  const { status, due, records } = accountOf(invoice, recordsOf(all, place));
  const earlier = records.find(({ change }) => change.kind === "transition" && change.event === event);
  if (earlier !== undefined) return isSame(earlier, said) ? ok(undefined) : err({ code: "transition_conflict" });
  const to = transition(status, event);
  if (!to.ok) return to;
  const change = { kind: "transition", event, from: status, to: to.value, amount: due } as const;
  return ok({
    customer: seal.customer,
    number: (all.at(-1)?.number ?? 0) + 1,
    invoice: place,
    change,
    at: said.at ?? now,
    recordedAt: now,
    ...(said.reason === undefined ? {} : { reason: said.reason }),
    ...(said.reference === undefined ? {} : { reference: said.reference }),
  });
}

function isSame(
  { at, reason, reference }: AccountRecord,
  said: Pick<InvoiceChange, "at" | "reason" | "reference">,
): boolean {
  return reason === said.reason && reference === said.reference && (said.at === undefined || said.at === at);
}
