import { type Clock, type MerchantId, ok, type Result, type UnknownCurrency } from "@farthing/money";
import { type Coupon, type CouponBody, couponOf, couponText } from "./coupon.ts";
import type { NotFound } from "./get-plan.ts";
import type { InvalidRequest } from "./invalid-request.ts";
import { findText, putText, type VersionedText, type VersionedTexts } from "./versioned-text.ts";

/** What the use cases of versioned texts need. */
export interface TextStores {
  readonly texts: VersionedTexts;
  readonly clock: Clock;
}

/** A version of a coupon as the API shows it. */
export interface CouponDocument {
  readonly key: string;
  readonly version: number;
  readonly percent?: string;
  readonly amount?: string;
  readonly currency?: string;
  readonly duration: "once" | "repeating" | "forever";
  readonly periods?: number;
  readonly scope?: { readonly plans?: readonly string[]; readonly meters?: readonly string[] };
  readonly maxRedemptions?: number;
  readonly redeemBy?: string;
  readonly name?: string;
  readonly createdAt: string;
}

/**
 * Stores a coupon: other content than the newest version's makes the next version, the same content answers the newest.
 *
 * Errors, in this order: `invalid_request`, `unknown_currency`.
 */
export async function putCoupon(
  stores: TextStores,
  { merchant, key, body }: { readonly merchant: MerchantId; readonly key: string; readonly body: CouponBody },
): Promise<Result<CouponDocument, InvalidRequest | UnknownCurrency>> {
  const text = couponText(body);
  if (!text.ok) return text;
  return ok(documentOf(await putText(stores, { merchant, kind: "coupon", key }, text.value)));
}

/** Shows a coupon, in its newest version or in a named one. Errors: `not_found`. */
export async function getCoupon(
  { texts }: Pick<TextStores, "texts">,
  {
    merchant,
    key,
    version,
  }: { readonly merchant: MerchantId; readonly key: string; readonly version?: number | undefined },
): Promise<Result<CouponDocument, NotFound>> {
  const found = await findText(texts, { merchant, kind: "coupon", key }, version);
  return found.ok ? ok(documentOf(found.value)) : found;
}

/** Lists a merchant's coupons in their newest versions, in order of their keys. */
export async function listCoupons(
  { texts }: Pick<TextStores, "texts">,
  { merchant, ...page }: { readonly merchant: MerchantId; readonly limit: number; readonly after?: string | undefined },
): Promise<Result<{ readonly items: readonly CouponDocument[]; readonly next?: string }, never>> {
  const { items, next } = await texts.texts({ merchant, kind: "coupon" }, page);
  return ok({ items: items.map(documentOf), ...(next === undefined ? {} : { next }) });
}

/** Where coupons are read from. */
export interface Coupons {
  /** The newest version of a coupon. */
  currentCoupon(merchant: MerchantId, key: string): Promise<Coupon | undefined>;
  /** One version of a coupon. */
  couponAt(merchant: MerchantId, key: string, version: number): Promise<Coupon | undefined>;
}

/** Reads coupons from versioned texts. */
export function couponsIn(texts: VersionedTexts): Coupons {
  const read = (text: VersionedText | undefined) => (text === undefined ? undefined : couponOf(text));
  return {
    currentCoupon: async (merchant, key) => read(await texts.currentText({ merchant, kind: "coupon", key })),
    couponAt: async (merchant, key, version) => read(await texts.textAt({ merchant, kind: "coupon", key }, version)),
  };
}

function documentOf({ key, version, text, createdAt }: VersionedText): CouponDocument {
  // The text is canonical JSON of what was parsed, decimals as text.
  const said: Omit<CouponDocument, "key" | "version" | "createdAt"> = JSON.parse(text);
  return { key, version, ...said, createdAt: new Date(createdAt).toISOString() };
}
