import { changeInvoice } from "./change-invoice.ts";
import type { CollectingStores } from "./collecting.ts";
import type { Collection, CollectionNotice } from "./collection.ts";
import { changed, isClosed, refOf } from "./collection-plan.ts";
import { invoiceId } from "./invoice-id.ts";
import { writeLetter } from "./write-letter.ts";

/**
 * Tells others what a collection has come to: states to the invoice, letters to its customer. What was told is taken off in
 * a change of its own, so that what is lost between the two is told again, and nothing is left out.
 */
export async function tellNotices(stores: CollectingStores, collection: Collection): Promise<void> {
  if (collection.notices.length === 0) return;
  let isTaken = true;
  for (const notice of collection.notices) {
    if (notice.kind === "letter") await sendLetter(stores, collection, notice);
    else if (!(await tellInvoice(stores, collection, notice))) isTaken = false;
  }
  const told = changed(collection, { notices: [], ...(isClosed(collection) ? { dueAt: undefined } : {}) });
  const now = stores.clock.now();
  await stores.collections.commit({ collection: isTaken ? told : { ...told, ...givenBack(collection, now) } });
}

/** A refund of all that was collected, to be sent next. */
function givenBack({ amount, refunds }: Collection, now: number): Partial<Collection> {
  const refund = { key: "not-owed", amount, status: "sending", requestedAt: now } as const;
  return refunds.some(({ key }) => key === refund.key) ? {} : { refunds: [...refunds, refund], dueAt: now };
}

type LetterNotice = Extract<CollectionNotice, { kind: "letter" }>;

async function sendLetter(stores: CollectingStores, collection: Collection, notice: LetterNotice): Promise<void> {
  const { merchant } = collection;
  const customer = await stores.customers.customer(merchant, collection.customer);
  if (customer?.email === undefined) return;
  const issued = await stores.numbers.issued(merchant, collection);
  const letter = writeLetter(collection, notice, {
    email: customer.email,
    language: customer.language ?? "en",
    timezone: customer.timezone ?? "UTC",
    seller: (await stores.sellers.seller(merchant)).name,
    number: issued?.number,
    link: await stores.links.linkFor(refOf(collection)),
  });
  await stores.mailer.send(letter);
}

/**
 * Tells the invoice what became of it; false where money came for one that asks for none. People may have voided it, or taken its money otherwise, a moment before.
 */
async function tellInvoice(
  stores: CollectingStores,
  collection: Collection,
  { event, at }: Extract<CollectionNotice, { kind: "state" }>,
): Promise<boolean> {
  const { merchant, payment } = collection;
  const change = { merchant, id: invoiceId(collection), event, at };
  const told = await changeInvoice(stores, payment === undefined ? change : { ...change, reference: payment });
  return told.ok || event !== "collected";
}
