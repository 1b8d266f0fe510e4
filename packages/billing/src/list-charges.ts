import { type MerchantId, noMoney, ok, picosFrom, type Result, sum } from "@farthing/money";
import type { ChargeIndexes } from "./charge-index.ts";
import { type ChargePosition, firstPosition, positionText, readPosition } from "./charge-position.ts";
import { type ChargeSheet, openSheet, type SheetStores } from "./charge-sheet.ts";
import { type ChargeStep, walkCharges } from "./charge-walk.ts";
import type { FoundInvoice } from "./live-invoice.ts";
import { type MicroCharge, microCharge } from "./micro-charge.ts";
import type { Listed, ListPage, NotFound } from "./read-customers.ts";
import { findInvoice } from "./read-invoices.ts";
import type { SettlementQueue } from "./settlement.ts";
import { chargedInvoice, growsDeep } from "./write-charges.ts";
import { writtenCharges } from "./written-charges.ts";

/** What listing charges needs. */
export interface ChargeStores extends SheetStores {
  readonly indexes: ChargeIndexes;
  readonly queue: Pick<SettlementQueue, "askToWrite">;
}

/** Which charges: of an invoice, or of one of its lines. */
export interface ChargeOrder {
  readonly merchant: MerchantId;
  readonly id: string;
  readonly line?: string | undefined;
  readonly after?: string | undefined;
}

/**
 * Lists the micro-charges behind an invoice in order of (time, id). An event's amount is what the bill grew by when it was
 * added in that order, so the amounts add up to the exact amounts of the invoice's metered lines; a voided event that was
 * billed before is taken away with what it had added. What is carried into lines comes first. `line` lists those of one line.
 *
 * Errors: `not_found`.
 */
export async function listCharges(
  stores: ChargeStores,
  { limit, ...order }: ListPage & ChargeOrder,
): Promise<Result<Listed<MicroCharge>, NotFound>> {
  const found = await findInvoice(stores.seals, order.merchant, order.id);
  if (!found.ok) return found;
  const items: MicroCharge[] = [];
  for await (const { charge, position } of chargesFrom(stores, found.value, order)) {
    if (items.length >= limit) return ok({ items, next: position() });
    const shown = charge();
    if (shown !== undefined) items.push(shown);
  }
  return ok({ items });
}

/** A place where charges may go on: `position` begins a page with it, until `charge` adds it to the sum. */
interface NextCharge {
  readonly position: () => string;
  readonly charge: () => MicroCharge | undefined;
}

/** The charges of an invoice from where a page ended. */
export async function* chargesFrom(
  stores: ChargeStores,
  found: FoundInvoice,
  { line, after }: Pick<ChargeOrder, "line" | "after">,
): AsyncGenerator<NextCharge, void> {
  const from = readPosition(after);
  const { lines, steps } = await stepsFrom(stores, found, { line, from });
  let running = picosFrom(BigInt(from.running));
  for await (const { place, growth } of steps) {
    const charge = () => {
      const grown = growth();
      running = sum([running, grown?.amount ?? noMoney]);
      return grown && microCharge(grown, running);
    };
    yield { position: () => positionText({ ...place, running: running.toString() }, lines), charge };
  }
}

interface Steps {
  readonly lines: ChargeSheet["lines"];
  readonly steps: AsyncIterable<ChargeStep>;
}

/** The steps as they are written, or from the events themselves. */
async function stepsFrom(
  stores: ChargeStores,
  found: FoundInvoice,
  { line, from }: { readonly line: string | undefined; readonly from: ChargePosition },
): Promise<Steps> {
  const index = await stores.indexes.chargeIndex(chargedInvoice(found.seal, found.invoice));
  if (index !== undefined) return { lines: [], steps: writtenCharges(stores.log, found, index, { from, line }) };
  const sheet = await openSheet(stores, found, { line, states: from.states });
  if (from === firstPosition && (await growsDeep(sheet))) {
    const { customer, number, settlement } = found.seal;
    await stores.queue.askToWrite(customer, settlement, number);
  }
  return { lines: sheet.lines, steps: walkCharges(stores.log, sheet, from) };
}
