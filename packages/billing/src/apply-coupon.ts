import { createHash } from "node:crypto";
import { type Clock, type CustomerId, err, type MerchantId, ok, type Result } from "@farthing/money";
import type { Coupon, Coupons } from "@farthing/pricing";
import type { CouponApplication, CouponApplications } from "./coupon-application.ts";
import type { Customers } from "./customer.ts";
import { timeText } from "./documents.ts";
import type { Listed, ListPage, NotFound } from "./read-customers.ts";
import { periodRuleAt } from "./settle-customer.ts";
import type { UnknownCustomer } from "./subscribe.ts";
import type { Subscriptions } from "./subscription.ts";

/** No coupon has this key. */
export interface UnknownCoupon {
  readonly code: "unknown_coupon";
  readonly coupon: string;
}

/** The coupon may not be given any more: its time is over, it was given as often as it may be, or this customer had it. */
export interface CouponNotGiven {
  readonly code: "coupon_expired" | "coupon_exhausted" | "coupon_used";
}

/** What applying coupons needs. */
export interface CouponStores {
  readonly customers: Pick<Customers, "customer">;
  readonly subscriptions: Pick<Subscriptions, "subscriptionsOf">;
  readonly coupons: Coupons;
  readonly applications: CouponApplications;
  readonly clock: Clock;
}

/** Which coupon of which customer. */
export interface CouponOf {
  readonly merchant: MerchantId;
  readonly customer: CustomerId;
  readonly coupon: string;
}

/** An applied coupon as the API shows it. */
export interface AppliedDocument {
  readonly id: string;
  readonly customer: string;
  readonly coupon: string;
  readonly version: number;
  readonly start: string;
  readonly removedAt?: string;
}

/**
 * Gives a customer a coupon, in its newest version: it holds from the period that runs now. The same again is the same.
 *
 * Errors, in this order: `unknown_customer`, `coupon_used` for one that was removed, `unknown_coupon`, `coupon_expired`,
 * `coupon_exhausted`.
 */
export async function applyCoupon(
  stores: CouponStores,
  { merchant, customer: id, coupon: key }: CouponOf,
): Promise<Result<AppliedDocument, UnknownCustomer | UnknownCoupon | CouponNotGiven>> {
  const customer = await stores.customers.customer(merchant, id);
  if (customer === undefined) return err({ code: "unknown_customer", customer: id });
  const had = await find(stores, { merchant, customer: id, coupon: key });
  if (had !== undefined) return standing(had);
  const coupon = await stores.coupons.currentCoupon(merchant, key);
  if (coupon === undefined) return err({ code: "unknown_coupon", coupon: key });
  const start = stores.clock.now();
  if (coupon.redeemBy !== undefined && start >= coupon.redeemBy) return err({ code: "coupon_expired" });
  const subscriptions = await stores.subscriptions.subscriptionsOf(merchant, id);
  const cycle = periodRuleAt(subscriptions, start, { timezone: customer.timezone ?? "UTC" });
  const application = applicationOf(coupon, { customer: id, start, cycle });
  const answer = await stores.applications.applyCoupon(application, coupon.maxRedemptions);
  if (answer === "exhausted") return err({ code: "coupon_exhausted" });
  return standing((await find(stores, application)) ?? application);
}

/** Takes a coupon from a customer: periods that are not over yet lose it with the next seal. Errors: `not_found`. */
export async function removeCoupon(
  stores: Pick<CouponStores, "applications" | "clock">,
  of: CouponOf,
): Promise<Result<AppliedDocument, NotFound>> {
  const found = await find(stores, of);
  if (found === undefined) return err({ code: "not_found" });
  return ok(documentOf(await stores.applications.removeCoupon(found, stores.clock.now())));
}

/** Lists a customer's coupons in the order in which they were applied, those removed with them. */
export async function listAppliedCoupons(
  { applications }: Pick<CouponStores, "applications">,
  { merchant, customer, limit, after }: Omit<CouponOf, "coupon"> & ListPage,
): Promise<Result<Listed<AppliedDocument>, never>> {
  const all = (await applications.applicationsOf(merchant, customer)).map(documentOf);
  const start = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1;
  const items = all.slice(start, start + limit);
  const last = items.at(-1);
  return ok({ items, ...(last !== undefined && start + items.length < all.length ? { next: last.id } : {}) });
}

function standing(application: CouponApplication): Result<AppliedDocument, CouponNotGiven> {
  return application.removedAt === undefined ? ok(documentOf(application)) : err({ code: "coupon_used" });
}

async function find(
  { applications }: Pick<CouponStores, "applications">,
  { merchant, customer, coupon }: CouponOf,
): Promise<CouponApplication | undefined> {
  return (await applications.applicationsOf(merchant, customer)).find((one) => one.coupon === coupon);
}

function applicationOf(
  { merchant, key, version }: Coupon,
  of: Pick<CouponApplication, "customer" | "start" | "cycle">,
): CouponApplication {
  const said = JSON.stringify([merchant, of.customer, key]);
  const id = `cpn_${createHash("sha256").update(said).digest("hex").slice(0, 24)}`;
  return { merchant, id, coupon: key, couponVersion: version, ...of };
}

function documentOf({ id, customer, coupon, couponVersion, start, removedAt }: CouponApplication): AppliedDocument {
  const removed = removedAt === undefined ? {} : { removedAt: timeText(removedAt) };
  return { id, customer, coupon, version: couponVersion, start: timeText(start), ...removed };
}
