import { blockCharges, packBlock, type WrittenCharge } from "./charge-block.ts";
import type { BlockEntry, ChargedInvoice, ChargeIndexes } from "./charge-index.ts";
import { firstPosition } from "./charge-position.ts";
import { type ChargeSheet, eventsOf, openSheet, type SheetStores } from "./charge-sheet.ts";
import { walkCharges } from "./charge-walk.ts";
import type { FoundInvoice } from "./live-invoice.ts";
import type { Seal, SealedInvoice } from "./seal.ts";

/** What writing charges needs. */
export interface WritingStores extends SheetStores {
  readonly indexes: ChargeIndexes;
}

/** As many events as are charged again for each page: of fewer a page costs no more than of written charges. */
export const fewEvents = 5_000;

/** As many lines as a cursor can tell the states of. */
const fewLines = 100;

/**
 * Whether pages of an invoice cost more the deeper they lie: a cursor cannot hold what some line has taken, and there are many
 * events to take again.
 */
export async function growsDeep(sheet: ChargeSheet, few: number = fewEvents): Promise<boolean> {
  const isLong = sheet.lines.length > fewLines || sheet.lines.some((line) => line.isLong || line.isLaidOut);
  return isLong && (await eventsOf(sheet)) > few;
}

/** Whether it is worth a look at the events of a seal: it bills many, and none of its pages was asked for yet. */
export function mayGrowDeep({ invoices }: Seal): boolean {
  return invoices.some(({ events }) => events > fewEvents);
}

/** The name of an invoice that its written charges go by. */
export function chargedInvoice({ customer, number }: Seal, { currency }: SealedInvoice): ChargedInvoice {
  return { customer, seal: number, currency };
}

/**
 * Writes down the charges of a seal's invoices whose pages would cost more the deeper they lie. May be done again: what it
 * writes follows from the seal, and the index comes last.
 *
 * Errors: throws where there is no such seal.
 */
export async function writeCharges(
  stores: WritingStores,
  { customer, seal: number }: Omit<ChargedInvoice, "currency">,
  few: number = fewEvents,
): Promise<void> {
  const seal = await stores.seals.seal(customer, number);
  if (seal === undefined) throw new Error("charges of a seal that is not there");
  for (const invoice of seal.invoices) {
    if ((await stores.indexes.chargeIndex(chargedInvoice(seal, invoice))) !== undefined) continue;
    const sheet = await openSheet(stores, { seal, invoice }, {});
    if (await growsDeep(sheet, few)) await writeInvoice(stores, { seal, invoice }, sheet);
  }
}

/** Writes down the charges of an invoice, of which none was taken yet. */
export async function writeInvoice(
  stores: WritingStores,
  { seal, invoice }: FoundInvoice,
  sheet: ChargeSheet,
): Promise<void> {
  const key = keyOf(chargedInvoice(seal, invoice));
  const blocks: BlockEntry[] = [];
  let block: WrittenCharge[] = [];
  const close = async () => {
    const [first] = block;
    if (first === undefined) return;
    await stores.log.putChunk(seal.customer, key, blocks.length, packBlock(block));
    blocks.push({ first: first.place, lines: [...new Set(block.map(({ place }) => place.line))] });
    block = [];
  };
  for await (const { place, growth } of walkCharges(stores.log, sheet, firstPosition)) {
    const grown = growth();
    if (grown === undefined) continue;
    const { hour, row, line } = place;
    const { entry, row: entryRow } = grown.row ?? { entry: 0, row: 0 };
    block.push({ place: { hour, row, line }, entry, row: entryRow, quantity: grown.quantity, amount: grown.amount });
    if (block.length === blockCharges) await close();
  }
  await close();
  await stores.indexes.putChargeIndex(chargedInvoice(seal, invoice), { key, blocks });
}

/** The version comes first: blocks that another layout wrote are never read as this one's. */
function keyOf({ seal, currency }: ChargedInvoice): string {
  return `charges-1-${seal}-${currency}`;
}
