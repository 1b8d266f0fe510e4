import { postFacts } from "./book-facts.ts";
import type { CollectingStores } from "./collecting.ts";
import type { Collection, CollectionChange, CollectionRef } from "./collection.ts";
import type { CollectionSettings } from "./collection-settings.ts";
import type { PaymentRail } from "./payment-rail.ts";

/** What one step of a collection works with. Units: `now` in milliseconds. */
export interface Step {
  readonly stores: CollectingStores;
  readonly settings: CollectionSettings;
  readonly rail: PaymentRail;
  readonly now: number;
}

/** What a step works with, and the collection as it stands; undefined where a merchant or an invoice is not collected. */
export async function stepFor(
  stores: CollectingStores,
  ref: CollectionRef,
): Promise<(Step & { readonly collection: Collection }) | undefined> {
  const settings = await stores.policies.settings(ref.merchant);
  const collection = await stores.collections.collection(ref);
  if (settings === undefined || collection === undefined) return undefined;
  return { stores, settings, collection, rail: stores.rail(settings.account), now: stores.clock.now() };
}

/** Stores a change, posts what it did to money, and answers the collection; undefined where another was first, who does the rest. */
export async function commit(
  { stores }: Pick<Step, "stores">,
  change: CollectionChange,
): Promise<Collection | undefined> {
  if ((await stores.collections.commit(change)) !== "committed") return undefined;
  await postFacts(stores, change.facts ?? []);
  return change.collection;
}
