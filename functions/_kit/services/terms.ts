import { type CouponStores, type TermStores, tableTaxes } from "@farthing/billing";
import { dynamoCouponApplications, dynamoSubscriptions } from "@farthing/billing/dynamo";
import { couponsIn, taxTablesIn } from "@farthing/pricing";
import { dynamoGrants } from "@farthing/wallet/dynamo";
import { table } from "./clients.ts";
import { clock } from "./clock.ts";
import { customers } from "./customers.ts";
import { lazy } from "./lazy.ts";
import { textStores } from "./pricing.ts";

const coupons = lazy(() => ({
  coupons: couponsIn(textStores().texts),
  applications: dynamoCouponApplications(table("REGISTRY")),
}));

/** The customers' grants. */
export const grants = lazy(() => dynamoGrants(table("REGISTRY")));

/** What a seal takes off charges and adds to them; taxes are those of the merchant's own tables. */
export const terms = lazy(
  (): TermStores => ({ ...coupons(), grants: grants(), taxes: tableTaxes(taxTablesIn(textStores().texts)) }),
);

/** What applying coupons needs. */
export const couponing = lazy(
  (): CouponStores => ({
    ...coupons(),
    customers: customers(),
    subscriptions: dynamoSubscriptions(table("REGISTRY")),
    clock,
  }),
);
