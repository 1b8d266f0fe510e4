import type { MerchantId } from "@farthing/money";
import type { CollectionQueue } from "./collection.ts";

/** What planning collections needs. */
export interface CollectionPlanning {
  readonly merchants: {
    merchants(after?: MerchantId): Promise<{ readonly merchants: readonly MerchantId[]; readonly next?: MerchantId }>;
  };
  readonly queue: Pick<CollectionQueue, "askToPush" | "askToReconcile">;
}

/** Asks, for each merchant, to look for what is due and was lost, or to reconcile. Fired twice, or late, it changes nothing. */
export async function planCollections(
  { merchants, queue }: CollectionPlanning,
  what: "push" | "reconcile",
): Promise<void> {
  let after: MerchantId | undefined;
  do {
    const page = await merchants.merchants(after);
    for (const merchant of page.merchants)
      await (what === "push" ? queue.askToPush(merchant) : queue.askToReconcile(merchant));
    after = page.next;
  } while (after !== undefined);
}
