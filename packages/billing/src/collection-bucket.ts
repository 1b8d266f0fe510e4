import { type CollectionRef, collectionBuckets } from "./collection.ts";
import { bucketOf } from "./due-bucket.ts";
import { invoiceId } from "./invoice-id.ts";

/** The list of its merchant that a collection and its facts are in. */
export function collectionBucketOf(ref: CollectionRef): number {
  return bucketOf(`${ref.merchant}#${invoiceId(ref)}`, collectionBuckets);
}
