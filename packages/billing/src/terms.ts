import type { CustomerRef } from "@farthing/metering";
import { noMoney, type Picos } from "@farthing/money";
import type { Coupons } from "@farthing/pricing";
import type { Grant, Grants } from "@farthing/wallet";
import type { CouponApplications } from "./coupon-application.ts";
import type { AppliedCoupon } from "./coupon-discount.ts";
import type { Customer } from "./customer.ts";
import type { Seal } from "./seal.ts";
import type { SealTerms, TaxProfile, TaxTotal } from "./seal-terms.ts";
import { isSameTreatment, type TaxEngine } from "./tax-engine.ts";

/** Where a seal reads what is taken off its charges and added to them. */
export interface TermStores {
  readonly applications: Pick<CouponApplications, "applicationsOf">;
  readonly coupons: Pick<Coupons, "couponAt">;
  readonly grants: Pick<Grants, "grantsOf">;
  readonly taxes: TaxEngine;
}

/** A customer's coupons, grants and taxes, as a seal knows them. */
export interface Terms {
  readonly coupons: readonly AppliedCoupon[];
  readonly grants: readonly Grant[];
  readonly profile: TaxProfile | undefined;
  readonly taxOn: TaxEngine["taxOn"];
}

/** Reads a customer's terms as they are now. */
export async function readTerms(
  { applications, coupons, grants, taxes }: TermStores,
  ref: CustomerRef,
  customer: Customer | undefined,
): Promise<Terms> {
  const [applied, granted, profile] = await Promise.all([
    applications.applicationsOf(ref.merchant, ref.customer),
    grants.grantsOf(ref),
    taxes.profileOf(ref, customer),
  ]);
  const contents = applied.map(async (application): Promise<AppliedCoupon> => {
    const content = await coupons.couponAt(ref.merchant, application.coupon, application.couponVersion);
    if (content === undefined) throw new Error("an application names a version of a coupon that is not there");
    return { ...application, content };
  });
  return { coupons: await Promise.all(contents), grants: granted, profile, taxOn: taxes.taxOn };
}

/** A customer's terms as a seal knew them, so that it can be rendered again. */
export async function termsOfSeal(stores: TermStores, { customer, terms }: Seal): Promise<Terms> {
  const now = await readTerms(stores, customer, undefined);
  const known = new Map(terms?.coupons.map(({ id, removedAt }) => [id, removedAt]));
  const coupons = now.coupons
    .filter(({ id }) => known.has(id))
    .map(({ removedAt: _, ...coupon }) => {
      const removedAt = known.get(coupon.id);
      return removedAt === undefined ? coupon : { ...coupon, removedAt };
    });
  return {
    coupons,
    grants: now.grants.filter(({ id }) => Object.hasOwn(terms?.grants ?? {}, id)),
    profile: terms?.profile,
    taxOn: async (_, totals) => totals.map((total) => recordedTax(terms?.taxed ?? [], total)),
  };
}

function recordedTax(
  taxed: SealTerms["taxed"],
  { currency, treatment, charged }: Pick<TaxTotal, "currency" | "treatment" | "charged">,
): Picos {
  const total = taxed.find((one) => one.currency === currency && isSameTreatment(one.treatment, treatment));
  if (total === undefined && charged !== 0n) throw new Error("a seal has no record of a tax");
  return total?.tax ?? noMoney;
}
