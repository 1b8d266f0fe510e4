import { inParallel } from "@farthing/metering";
import type { MerchantId } from "@farthing/money";
import type { Customer, Customers } from "./customer.ts";
import { bucketOf } from "./due-bucket.ts";
import { type InvoiceName, invoiceId } from "./invoice-id.ts";
import type { InvoiceNumbers, NumberBlock } from "./invoice-numbers.ts";
import { feeRuleOf, type MerchantTerms } from "./invoice-terms.ts";
import type { Party, Sellers } from "./party.ts";
import type { Seal } from "./seal.ts";

const largestBlock = 500;
const atOnce = 16;
const notedAtOnce = 25;

/** What numbering invoices needs. */
export interface NumberStores {
  readonly numbers: InvoiceNumbers;
  readonly customers: Pick<Customers, "customersAmong">;
  readonly sellers: Sellers;
}

/** The invoices of seals that get numbers: those that ask for money. One that is carried asks for nothing. */
export function invoicesToNumber(seals: readonly Seal[]): readonly InvoiceName[] {
  const names = seals.flatMap(({ customer: { customer }, number: seal, invoices }) =>
    invoices.flatMap(({ currency, status }) => (status === "sealed" ? [{ customer, seal, currency }] : [])),
  );
  return names.sort((a, b) =>
    a.customer === b.customer ? (a.currency < b.currency ? -1 : 1) : a.customer < b.customer ? -1 : 1,
  );
}

/**
 * Gives invoices the merchant's next numbers, a block for up to 500. Invoices that have one keep it, so it may be done again
 * and by many at once: who loses a block to another reads on, and begins behind it.
 *
 * No gap and no repeat: a block is created under the number after the one before it ends, and only when the numbers of
 * that one are noted beside their invoices. So what is neither noted nor in the blocks read since has no number yet.
 */
export async function numberInvoices(
  stores: NumberStores,
  merchant: MerchantId,
  names: readonly InvoiceName[],
): Promise<void> {
  let last = await stores.numbers.blockAt(merchant);
  const note = (block: NumberBlock | undefined) => noteBlock(stores, block, names);
  await note(last);
  let waiting = await withoutNumber(stores, merchant, names);
  while (waiting.length > 0) {
    const block = { merchant, first: numberAfter(last), invoices: waiting.slice(0, largestBlock) };
    const mine = (await stores.numbers.appendBlock(block)) === "appended";
    const added = mine ? [block] : await stores.numbers.blocksFrom(merchant, block.first);
    last = added.at(-1) ?? last;
    await note(last);
    const numbered = new Set(added.flatMap(({ invoices }) => invoices.map(invoiceId)));
    waiting = waiting.filter((name) => !numbered.has(invoiceId(name)));
  }
}

function numberAfter(block: NumberBlock | undefined): number {
  return block === undefined ? 1 : block.first + block.invoices.length;
}

/**
 * Notes a block's numbers, unless that was done: the last one is noted after all others, and so tells of them. Many may note
 * a block at once; by their own invoices they begin at different parts of it, so that they share the work.
 */
async function noteBlock(
  stores: NumberStores,
  block: NumberBlock | undefined,
  [own]: readonly InvoiceName[],
): Promise<void> {
  const closing = block?.invoices.at(-1);
  if (block === undefined || closing === undefined) return;
  const { merchant, first, invoices } = block;
  if ((await stores.numbers.issued(merchant, closing)) !== undefined) return;
  const [seller, terms] = await Promise.all([stores.sellers.seller(merchant), stores.sellers.terms(merchant)]);
  const issuing = { merchant, seller, terms };
  const parts = partsOf(invoices.slice(0, -1).map((name, index) => ({ name, number: first + index })));
  const start = own === undefined ? 0 : bucketOf(invoiceId(own), Math.max(1, parts.length));
  for (const part of [...parts.slice(start), ...parts.slice(0, start)]) await notePart(stores, issuing, part);
  await notePart(stores, issuing, [{ name: closing, number: numberAfter(block) - 1 }]);
}

interface Numbered {
  readonly name: InvoiceName;
  readonly number: number;
}

function partsOf(all: readonly Numbered[]): readonly (readonly Numbered[])[] {
  return Array.from({ length: Math.ceil(all.length / notedAtOnce) }, (_, part) =>
    all.slice(part * notedAtOnce, (part + 1) * notedAtOnce),
  );
}

interface Issuing {
  readonly merchant: MerchantId;
  readonly seller: Party;
  readonly terms: MerchantTerms;
}

/** Notes those invoices of a part that are not, each with its customer as it is known now. */
async function notePart(stores: NumberStores, issuing: Issuing, part: readonly Numbered[]): Promise<void> {
  const { merchant } = issuing;
  const names = part.map(({ name }) => name);
  const missing = new Set((await withoutNumber(stores, merchant, names)).map(invoiceId));
  const left = part.filter(({ name }) => missing.has(invoiceId(name)));
  const ids = left.map(({ name }) => name.customer);
  const profiles = new Map((await stores.customers.customersAmong(merchant, ids)).map((one) => [one.id, one]));
  await inParallel(atOnce, left, (one) =>
    stores.numbers.noteIssued(issuedOf(issuing, one, profiles.get(one.name.customer))),
  );
}

function issuedOf({ merchant, seller, terms }: Issuing, { name, number }: Numbered, customer: Customer | undefined) {
  const { name: called, address, taxId, language } = customer ?? {};
  const known = { ...(address === undefined ? {} : { address }), ...(taxId === undefined ? {} : { taxId }) };
  const buyer: Party = { name: called ?? name.customer, ...known };
  const parties = { seller, buyer, language: language ?? "en" };
  const days = customer?.paymentTermsDays ?? terms.paymentTermsDays ?? 0;
  return { merchant, ...name, number, parties, terms: { days, ...feeRuleOf(terms, name.currency) } };
}

async function withoutNumber(
  { numbers }: Pick<NumberStores, "numbers">,
  merchant: MerchantId,
  names: readonly InvoiceName[],
): Promise<readonly InvoiceName[]> {
  if (names.length === 0) return [];
  const known = new Set((await numbers.issuedAmong(merchant, names)).map(invoiceId));
  return names.filter((name) => !known.has(invoiceId(name)));
}
