import type { Connection } from "./connection.ts";
import { eachOf, getPage, type Page, type PageQuery } from "./page.ts";
import { deleteJson, getJson, type PostOptions, postJson, putJson } from "./request-json.ts";

/** Which charges something holds for; what is left out may be any. */
export interface ChargeScope {
  readonly plans?: readonly string[];
  readonly meters?: readonly string[];
}

/** What a coupon is made of: `percent` off, or an `amount` of a `currency` off each period. */
export interface CouponContent {
  readonly percent?: string;
  readonly amount?: string;
  readonly currency?: string;
  readonly duration: "once" | "repeating" | "forever";
  /** For how many periods one that repeats holds. */
  readonly periods?: number;
  readonly scope?: ChargeScope;
  readonly maxRedemptions?: number;
  readonly redeemBy?: string;
  readonly name?: string;
}

/** A version of a coupon; other content makes another version. */
export interface Coupon extends CouponContent {
  readonly key: string;
  readonly version: number;
  readonly createdAt: string;
}

/** A coupon that a customer has, or had. */
export interface AppliedCoupon {
  readonly id: string;
  readonly customer: string;
  readonly coupon: string;
  readonly version: number;
  readonly start: string;
  readonly removedAt?: string;
}

const of = (customer: string) => `/v1/customers/${encodeURIComponent(customer)}/coupons`;

/** Coupons: what is taken off, and from whom. */
export const couponCalls = (connection: Connection) => ({
  /** PUT /v1/coupons/{key}. */
  put: (key: string, content: CouponContent): Promise<Coupon> =>
    putJson(connection, `/v1/coupons/${encodeURIComponent(key)}`, content),
  /** GET /v1/coupons/{key}. */
  get: (key: string): Promise<Coupon> => getJson(connection, `/v1/coupons/${encodeURIComponent(key)}`),
  /** GET /v1/coupons. */
  list: (query: PageQuery = {}): Promise<Page<Coupon>> => getPage(connection, "/v1/coupons", { ...query }),
  /** GET /v1/coupons, page after page. */
  each: (query: PageQuery = {}): AsyncGenerator<Coupon, void> => eachOf(connection, "/v1/coupons", { ...query }),
  /** POST /v1/customers/{id}/coupons. */
  apply: (customer: string, coupon: string, options?: PostOptions): Promise<AppliedCoupon> =>
    postJson(connection, of(customer), { coupon }, options),
  /** GET /v1/customers/{id}/coupons. */
  applied: (customer: string, query: PageQuery = {}): Promise<Page<AppliedCoupon>> =>
    getPage(connection, of(customer), { ...query }),
  /** DELETE /v1/customers/{id}/coupons/{coupon}. */
  remove: (customer: string, coupon: string): Promise<AppliedCoupon> =>
    deleteJson(connection, `${of(customer)}/${encodeURIComponent(coupon)}`),
});
