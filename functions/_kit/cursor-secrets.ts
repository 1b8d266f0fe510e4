import { type Merchants, merchantKey } from "@farthing/access";
import type { MerchantId } from "@farthing/money";

const mostEntries = 1000;

/** Finds the secret that a merchant's cursors are sealed with. It never changes, so each is read once. */
export function cursorSecrets(merchants: Pick<Merchants, "find">): (merchant: MerchantId) => Promise<Uint8Array> {
  const known = new Map<MerchantId, Uint8Array>();
  return async (id) => {
    const found = known.get(id);
    if (found !== undefined) return found;
    const merchant = await merchants.find(id);
    if (merchant === undefined) throw new Error("a key's merchant does not exist");
    const secret = merchantKey(merchant, "cursors");
    if (known.size >= mostEntries) known.clear();
    known.set(id, secret);
    return secret;
  };
}
