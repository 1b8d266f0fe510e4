import { err, type MerchantId, ok, type Result } from "@farthing/money";
import { collectInvoice } from "./collect-invoice.ts";
import type { CollectingStores } from "./collecting.ts";
import { parseInvoiceId } from "./invoice-id.ts";
import { observeInvoice } from "./observe-invoice.ts";

/** An event of the rail, whose sender was verified. */
export interface RailEvent {
  readonly id: string;
  /** Whether the customer did something that a payment may succeed by, such as saving a card. */
  readonly wakes: boolean;
  /** The rail's account that it is of; left out where that is the key's own. */
  readonly account?: string | undefined;
  readonly merchant?: string | undefined;
  readonly invoice?: string | undefined;
}

/** Reads the rail's events. */
export interface RailEvents {
  /** The event of a raw body; undefined where its signature is not the rail's, or older than five minutes. */
  read(request: { readonly text: string; readonly signature: string }): RailEvent | undefined;
}

/** Why an event was not taken. */
export interface EventRefused {
  readonly code: "invalid_signature" | "try_again";
}

/** What was done about an event. */
export interface EventAnswer {
  readonly received: true;
}

/**
 * Takes an event of the rail: it only wakes what it is about, whose state is then read from the rail. So it may come twice,
 * late, in any order or not at all. It is stored once, in the transaction of what it changes.
 *
 * Errors, in this order: `invalid_signature`; `try_again` where another is at the invoice or the rail does not answer, so
 * that the rail sends it again.
 */
export async function receiveRailEvent(
  stores: CollectingStores & { readonly events: RailEvents },
  request: { readonly merchant: MerchantId; readonly text: string; readonly signature: string },
): Promise<Result<EventAnswer, EventRefused>> {
  const event = stores.events.read(request);
  if (event === undefined) return err({ code: "invalid_signature" });
  const { merchant } = request;
  const settings = await stores.policies.settings(merchant);
  const name = event.invoice === undefined ? undefined : parseInvoiceId(event.invoice);
  const isOurs = event.merchant === merchant && event.account === settings?.account;
  if (name === undefined || !isOurs) return ok({ received: true });
  const [ref, wake] = [{ merchant, ...name }, { event: event.id }];
  const take = event.wakes ? collectInvoice : observeInvoice;
  return (await take(stores, ref, wake)) === "busy" ? err({ code: "try_again" }) : ok({ received: true });
}
