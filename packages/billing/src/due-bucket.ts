import type { CustomerId, MerchantId } from "@farthing/money";
import { dueBuckets } from "./customer.ts";

/** The bucket of the due index that holds a customer. */
export function dueBucketOf(merchant: MerchantId, customer: CustomerId): number {
  return bucketOf(`${merchant}#${customer}`, dueBuckets);
}

/** Spreads texts evenly over `count` buckets. Source: FNV-1a 32, finished as in MurmurHash3. */
export function bucketOf(text: string, count: number): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) % count;
}
