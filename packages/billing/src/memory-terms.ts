import { couponsIn, taxTablesIn } from "@farthing/pricing";
import { memoryTexts } from "@farthing/pricing/memory";
import { memoryGrants } from "@farthing/wallet/memory";
import { memoryCouponApplications } from "./memory-coupons.ts";
import { tableTaxes } from "./tax-engine.ts";

/** Coupons, grants and taxes in memory: for tests. */
export function memoryTerms() {
  const texts = memoryTexts();
  return {
    texts,
    coupons: couponsIn(texts),
    applications: memoryCouponApplications(),
    grants: memoryGrants(),
    taxes: tableTaxes(taxTablesIn(texts)),
  };
}
