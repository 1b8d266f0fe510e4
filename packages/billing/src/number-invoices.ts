import { inParallel } from "@farthing/metering";
import type { MerchantId } from "@farthing/money";
import type { Customers } from "./customer.ts";
import { type InvoiceName, invoiceId } from "./invoice-id.ts";
import type { InvoiceNumbers, NumberBlock } from "./invoice-numbers.ts";
import { feeRuleOf, type MerchantTerms } from "./invoice-terms.ts";
import type { Party, Sellers } from "./party.ts";
import type { Seal } from "./seal.ts";

const largestBlock = 500;
const atOnce = 16;

/** What numbering invoices needs. */
export interface NumberStores {
  readonly numbers: InvoiceNumbers;
  readonly customers: Pick<Customers, "customer">;
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
  await noteBlock(stores, last);
  let waiting = await withoutNumber(stores, merchant, names);
  while (waiting.length > 0) {
    const block = { merchant, first: numberAfter(last), invoices: waiting.slice(0, largestBlock) };
    const mine = (await stores.numbers.appendBlock(block)) === "appended";
    const added = mine ? [block] : await stores.numbers.blocksFrom(merchant, block.first);
    last = added.at(-1) ?? last;
    await noteBlock(stores, last);
    const numbered = new Set(added.flatMap(({ invoices }) => invoices.map(invoiceId)));
    waiting = waiting.filter((name) => !numbered.has(invoiceId(name)));
  }
}

function numberAfter(block: NumberBlock | undefined): number {
  return block === undefined ? 1 : block.first + block.invoices.length;
}

/** Notes a block's numbers, unless that was done: the last one is noted after all others, and so tells of them. */
async function noteBlock(stores: NumberStores, block: NumberBlock | undefined): Promise<void> {
  const { numbers, sellers } = stores;
  const closing = block?.invoices.at(-1);
  if (block === undefined || closing === undefined) return;
  const { merchant, first, invoices } = block;
  if ((await numbers.issued(merchant, closing)) !== undefined) return;
  const [seller, terms] = await Promise.all([sellers.seller(merchant), sellers.terms(merchant)]);
  const note = (name: InvoiceName, number: number) => noteIssued(stores, { merchant, name, number, seller, terms });
  const others = invoices.slice(0, -1).map((name, index) => ({ name, number: first + index }));
  await inParallel(atOnce, others, ({ name, number }) => note(name, number));
  await note(closing, numberAfter(block) - 1);
}

interface Issuing {
  readonly merchant: MerchantId;
  readonly name: InvoiceName;
  readonly number: number;
  readonly seller: Party;
  readonly terms: MerchantTerms;
}

/** Notes an invoice as issued, with its customer as it is known now. */
async function noteIssued(
  { numbers, customers }: NumberStores,
  { merchant, name, number, seller, terms }: Issuing,
): Promise<void> {
  const customer = await customers.customer(merchant, name.customer);
  const { name: called, address, taxId, language } = customer ?? {};
  const known = { ...(address === undefined ? {} : { address }), ...(taxId === undefined ? {} : { taxId }) };
  const buyer: Party = { name: called ?? name.customer, ...known };
  const parties = { seller, buyer, language: language ?? "en" };
  const days = customer?.paymentTermsDays ?? terms.paymentTermsDays ?? 0;
  await numbers.noteIssued({ merchant, ...name, number, parties, terms: { days, ...feeRuleOf(terms, name.currency) } });
}

async function withoutNumber(
  { numbers }: NumberStores,
  merchant: MerchantId,
  names: readonly InvoiceName[],
): Promise<readonly InvoiceName[]> {
  const known = new Set<string>();
  await inParallel(atOnce, names, async (name) => {
    if ((await numbers.issued(merchant, name)) !== undefined) known.add(invoiceId(name));
  });
  return names.filter((name) => !known.has(invoiceId(name)));
}
