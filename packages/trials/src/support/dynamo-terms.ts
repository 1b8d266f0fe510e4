import { type TermStores, tableTaxes } from "@farthing/billing";
import { dynamoCouponApplications } from "@farthing/billing/dynamo";
import { couponsIn, taxTablesIn } from "@farthing/pricing";
import { dynamoTexts } from "@farthing/pricing/dynamo";
import { dynamoGrants } from "@farthing/wallet/dynamo";

/** Coupons, grants and taxes over a Registry table, as `functions/_kit` wires them. */
export function dynamoTerms(registry: Parameters<typeof dynamoGrants>[0]): TermStores {
  const texts = dynamoTexts(registry);
  return {
    coupons: couponsIn(texts),
    applications: dynamoCouponApplications(registry),
    grants: dynamoGrants(registry),
    taxes: tableTaxes(taxTablesIn(texts)),
  };
}
