import { inParallel } from "@farthing/metering";
import type { MerchantId } from "@farthing/money";
import { collectInvoice } from "./collect-invoice.ts";
import type { CollectingStores } from "./collecting.ts";
import { collectionBuckets } from "./collection.ts";
import { invoiceId, parseInvoiceId } from "./invoice-id.ts";
import { openCollections } from "./open-collections.ts";
import { type ReconcileStores, reconcile } from "./reconcile.ts";
import type { Settlements } from "./settlement.ts";

/** What working the queue of collections off needs. */
export interface CollectionWorkStores extends CollectingStores, ReconcileStores {
  readonly settlements: Pick<Settlements, "settlement">;
}

/** What a message asks for. */
export type CollectionAsk = { readonly merchant: MerchantId } & (
  | { readonly ask: "open"; readonly settlement: string; readonly after?: string | undefined }
  | { readonly ask: "collect"; readonly invoices: readonly string[] }
  | { readonly ask: "push" }
  | { readonly ask: "reconcile" }
);

const invoicesAtOnce = 8;
const duePerBucket = 1000;
const invoicesPerMessage = 25;

/** Does what a message asks for; may be done again. */
export async function workCollections(stores: CollectionWorkStores, ask: CollectionAsk): Promise<void> {
  if (ask.ask === "open") return openCollections(stores, ask);
  if (ask.ask === "push") return pushCollections(stores, ask.merchant);
  if (ask.ask === "reconcile") return void (await reconcile(stores, ask.merchant));
  await inParallel(invoicesAtOnce, ask.invoices, async (id) => {
    const name = parseInvoiceId(id);
    if (name !== undefined) await collectInvoice(stores, { merchant: ask.merchant, ...name });
  });
}

/** Asks for what is due and for settlements that are done and not yet open: finds whatever was lost on the way. */
export async function pushCollections(stores: CollectionWorkStores, merchant: MerchantId): Promise<void> {
  const { collections, runs, settlements, queue, clock } = stores;
  for (const settlement of await runs.expected(merchant)) {
    const { status } = (await settlements.settlement(merchant, settlement)) ?? {};
    if (status === "done") await queue.askToOpen(merchant, settlement);
  }
  for (let bucket = 0; bucket < collectionBuckets; bucket++) {
    const due = await collections.due(merchant, bucket, { until: clock.now(), limit: duePerBucket });
    const ids = due.map(invoiceId);
    for (let at = 0; at < ids.length; at += invoicesPerMessage)
      await queue.askToCollect(merchant, ids.slice(at, at + invoicesPerMessage));
  }
}
