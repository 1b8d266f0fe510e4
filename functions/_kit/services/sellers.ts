import type { Merchant } from "@farthing/access";
import type { Sellers } from "@farthing/billing";
import type { MerchantId } from "@farthing/money";
import { accessStores } from "./access.ts";
import { lazy } from "./lazy.ts";

/** How merchants are named on invoices, by their own words, else by their name; and how they bill. */
export const sellers = lazy(
  (): Sellers => ({
    seller: async (id) => {
      const { seller, name } = await merchantOf(id);
      return seller ?? { name };
    },
    terms: merchantOf,
  }),
);

async function merchantOf(id: MerchantId): Promise<Merchant> {
  const merchant = await accessStores().merchants.find(id);
  if (merchant === undefined) throw new Error("an invoice's merchant does not exist");
  return merchant;
}
