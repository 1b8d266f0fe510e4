import type { MerchantId } from "@farthing/money";

/** How a merchant collects. Units: days. */
export interface CollectionSettings {
  /** After a decline the payment is tried again so many days after the first try, in order. */
  readonly retryDays: readonly number[];
  /** So long after the last try an invoice is written off. */
  readonly writeOffDays: number;
  /** The merchant's account at the rail; left out, the one that the rail's key belongs to. */
  readonly account?: string;
}

/** Where merchants say whether and how they collect. Reads are strong; undefined where a merchant does not collect. */
export interface CollectionPolicies {
  settings(merchant: MerchantId): Promise<CollectionSettings | undefined>;
}
