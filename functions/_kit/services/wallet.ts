import { sealedDrawings } from "@farthing/billing";
import type { GrantReading, GrantStores } from "@farthing/wallet";
import { billing } from "./billing.ts";
import { clock } from "./clock.ts";
import { customers } from "./customers.ts";
import { ids } from "./ids.ts";
import { lazy } from "./lazy.ts";
import { catalogue } from "./pricing.ts";
import { grants } from "./terms.ts";

/** What granting credit and reading grants needs. */
export const granting = lazy((): GrantStores & GrantReading => ({
  grants: grants(),
  drawings: sealedDrawings(billing().seals),
  holders: {
    exists: async ({ merchant, customer }) => (await customers().customer(merchant, customer)) !== undefined,
    hasMeter: async (merchant, key) => (await catalogue.meterGroups(merchant)).has(key),
  },
  ids,
  clock,
}));
