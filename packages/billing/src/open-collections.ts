import { inParallel } from "@farthing/metering";
import type { MerchantId } from "@farthing/money";
import type { CollectingStores } from "./collecting.ts";
import { newCollection } from "./collection-plan.ts";
import { invoiceId } from "./invoice-id.ts";
import { readEntry } from "./read-invoices.ts";

const invoicesAtOnce = 100;
const invoicesPerMessage = 25;
const readsAtOnce = 8;

/**
 * Opens the invoices of a settlement for collection, a page a message: those that ask for money, each once. When the last
 * is open, the settlement is no longer expected; until then the push asks for it again.
 */
export async function openCollections(
  stores: CollectingStores,
  {
    merchant,
    settlement,
    after,
  }: { readonly merchant: MerchantId; readonly settlement: string; readonly after?: string | undefined },
): Promise<void> {
  const { invoices, collections, runs, queue, seals, policies, clock } = stores;
  if ((await policies.settings(merchant)) === undefined) return runs.opened(merchant, settlement);
  const page = { limit: invoicesAtOnce, ...(after === undefined ? {} : { after }) };
  const { entries, next } = await invoices.invoicesOfSettlement(merchant, settlement, page);
  const opened: string[] = [];
  await inParallel(readsAtOnce, entries, async (entry) => {
    const { invoice } = await readEntry(seals, entry);
    if (invoice.status !== "sealed") return;
    const now = clock.now();
    await collections.open(newCollection(entry, { settlement, amount: invoice.total, now }));
    opened.push(invoiceId(entry));
  });
  opened.sort();
  for (let at = 0; at < opened.length; at += invoicesPerMessage)
    await queue.askToCollect(merchant, opened.slice(at, at + invoicesPerMessage));
  if (next === undefined) await runs.opened(merchant, settlement);
  else await queue.askToOpen(merchant, settlement, next);
}
