import type { Keys, Receipts } from "@farthing/access";
import type { Clock, MerchantId } from "@farthing/money";

/** What lets requests in, before and around every use case. */
export interface Gate {
  readonly keys: Pick<Keys, "findByHash">;
  readonly receipts: Receipts;
  readonly clock: Clock;
  /** The secret that a merchant's cursors are sealed with. */
  cursorSecret(merchant: MerchantId): Promise<Uint8Array>;
}
