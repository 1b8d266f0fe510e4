import type { Sellers } from "@farthing/billing";
import { accessStores } from "./access.ts";
import { lazy } from "./lazy.ts";

/** How merchants are named on invoices: by their own words, else by their name. */
export const sellers = lazy(
  (): Sellers => ({
    seller: async (id) => {
      const merchant = await accessStores().merchants.find(id);
      if (merchant === undefined) throw new Error("an invoice's merchant does not exist");
      return merchant.seller ?? { name: merchant.name };
    },
  }),
);
