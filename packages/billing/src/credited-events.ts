import { err, noMoney, ok, type Picos, picos, type Result, sum } from "@farthing/money";
import type { CreditedEvent } from "./account-log.ts";
import { type ChargeStores, chargesFrom } from "./list-charges.ts";
import type { FoundInvoice } from "./live-invoice.ts";

/** The invoice has not charged an event of this id. */
export interface UnknownEvent {
  readonly code: "unknown_event";
  readonly event: string;
}

/**
 * What events were charged by an invoice, by line: what the bill grew by as each was added. Reads the whole itemised bill.
 *
 * Errors: `unknown_event`.
 */
export async function chargedLines(
  stores: ChargeStores,
  found: FoundInvoice,
  events: readonly CreditedEvent[],
): Promise<Result<readonly { readonly line: string; readonly amount: Picos }[], UnknownEvent>> {
  const asked = new Set(events.map(nameOf));
  const charged = new Set<string>();
  const lines = new Map<string, Picos>();
  for await (const { charge } of chargesFrom(stores, found, { line: undefined, after: undefined })) {
    const shown = charge();
    if (shown?.kind !== "event" || !asked.has(nameOf(shown))) continue;
    charged.add(nameOf(shown));
    lines.set(shown.line, sum([lines.get(shown.line) ?? noMoney, picos(shown.amount)]));
  }
  const missing = events.find((event) => !charged.has(nameOf(event)));
  if (missing !== undefined) return err({ code: "unknown_event", event: missing.id });
  return ok([...lines].filter(([, amount]) => amount !== noMoney).map(([line, amount]) => ({ line, amount })));
}

function nameOf({ id, source }: CreditedEvent): string {
  return JSON.stringify([source ?? null, id]);
}
