import type { CollectingStores } from "./collecting.ts";
import type { Collection, CollectionNotice } from "./collection.ts";
import { changed, isClosed, refOf } from "./collection-plan.ts";
import { writeLetter } from "./write-letter.ts";

/**
 * Tells others what a collection has come to: states to the invoice, letters to its customer. What was told is taken off in
 * a change of its own, so that what is lost between the two is told again, and nothing is left out.
 */
export async function tellNotices(stores: CollectingStores, collection: Collection): Promise<void> {
  if (collection.notices.length === 0) return;
  for (const notice of collection.notices) await tell(stores, collection, notice);
  const rest = isClosed(collection) ? { notices: [], dueAt: undefined } : { notices: [] };
  await stores.collections.commit({ collection: changed(collection, rest) });
}

async function tell(stores: CollectingStores, collection: Collection, notice: CollectionNotice): Promise<void> {
  if (notice.kind === "state") return stores.states.mark(refOf(collection), notice.status, notice.at);
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
