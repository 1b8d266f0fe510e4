import {
  type CurrencyCode,
  compare,
  type Decimal,
  decimal,
  err,
  expectOk,
  isCurrency,
  type MerchantId,
  ok,
  type Result,
  type UnknownCurrency,
} from "@farthing/money";
import * as v from "valibot";
import { PositiveText } from "./decimal-text.ts";
import type { InvalidRequest } from "./invalid-request.ts";
import { jsonOf } from "./json-of.ts";
import { KeyText } from "./model.ts";
import type { VersionedText } from "./versioned-text.ts";
import { NameText } from "./whole-text.ts";

const hundred = decimal("100");
const mostDecimals = 12;

const Keys = v.pipe(v.array(KeyText), v.minLength(1), v.maxLength(100));

/** Which lines something holds for: those of plans, of meters, or of both; what is left out may be any. */
export const ScopeBody = v.strictObject({ plans: v.exactOptional(Keys), meters: v.exactOptional(Keys) });

/** Which lines something holds for. */
export type Scope = v.InferOutput<typeof ScopeBody>;

const Exact = v.pipe(
  PositiveText,
  v.check(({ scale }) => scale <= mostDecimals, "This has at most 12 decimals."),
);

/** What a merchant says of a coupon: `percent` off, or an `amount` of a `currency` off each period. */
export const CouponBody = v.strictObject({
  percent: v.exactOptional(
    v.pipe(
      Exact,
      v.check((percent) => compare(percent, hundred) <= 0, "A coupon takes at most 100 percent off."),
    ),
  ),
  amount: v.exactOptional(Exact),
  currency: v.exactOptional(v.string()),
  duration: v.picklist(["once", "repeating", "forever"]),
  periods: v.exactOptional(v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(120))),
  scope: v.exactOptional(ScopeBody),
  maxRedemptions: v.exactOptional(v.pipe(v.number(), v.safeInteger(), v.minValue(1))),
  redeemBy: v.exactOptional(
    v.pipe(
      v.string(),
      v.isoTimestamp('A time is written as in RFC 3339, such as "2026-11-22T12:00:00Z".'),
      v.check((text) => !Number.isNaN(Date.parse(text)), "There is no such time."),
      v.transform((text) => new Date(text).toISOString()),
    ),
  ),
  name: v.exactOptional(NameText),
});

/** What a merchant says of a coupon. */
export type CouponBody = v.InferOutput<typeof CouponBody>;

/** What a coupon takes off: a share of what it holds for, or an amount a period. */
export type CouponOff = { readonly percent: Decimal } | { readonly amount: Decimal; readonly currency: CurrencyCode };

/** One version of a coupon; it never changes. Units: `periods` count from the one in which it was applied. */
export interface Coupon {
  readonly merchant: MerchantId;
  readonly key: string;
  readonly version: number;
  readonly off: CouponOff;
  /** For how many periods it holds; for ever where there is no number. */
  readonly periods?: number;
  readonly scope?: Scope;
  readonly maxRedemptions?: number;
  /** Units: milliseconds. */
  readonly redeemBy?: number;
  readonly name?: string;
  readonly createdAt: number;
}

/**
 * Checks what a merchant said of a coupon, and writes it as the one text that all equal contents have.
 *
 * Errors, in this order: `invalid_request`, `unknown_currency`.
 */
export function couponText(body: CouponBody): Result<string, InvalidRequest | UnknownCurrency> {
  const { percent, amount, currency, duration, periods } = body;
  const isPercent = percent !== undefined && amount === undefined && currency === undefined;
  const isAmount = percent === undefined && amount !== undefined && currency !== undefined;
  if (!isPercent && !isAmount)
    return refuse("percent", "A coupon has a `percent`, or an `amount` with its `currency`.");
  if ((duration === "repeating") !== (periods !== undefined))
    return refuse("periods", "A coupon that repeats says for how many `periods`, and no other does.");
  if (currency !== undefined && !isCurrency(currency))
    return err({ code: "unknown_currency", currency: currency.slice(0, 10) });
  return ok(JSON.stringify(jsonOf(body)));
}

/** Reads a coupon from its text. Errors: throws on any text but `couponText`'s. */
export function couponOf({ merchant, key, version, text, createdAt }: VersionedText): Coupon {
  const body = v.parse(CouponBody, JSON.parse(text));
  expectOk(couponText(body));
  const { duration, periods, scope, maxRedemptions, redeemBy, name } = body;
  const held = duration === "once" ? 1 : periods;
  return {
    ...{ merchant, key, version, createdAt, off: offOf(body) },
    ...(held === undefined ? {} : { periods: held }),
    ...(scope === undefined ? {} : { scope }),
    ...(maxRedemptions === undefined ? {} : { maxRedemptions }),
    ...(redeemBy === undefined ? {} : { redeemBy: Date.parse(redeemBy) }),
    ...(name === undefined ? {} : { name }),
  };
}

function offOf({ percent, amount, currency = "" }: CouponBody): CouponOff {
  if (percent !== undefined) return { percent };
  if (amount === undefined || !isCurrency(currency)) throw new Error("a coupon takes nothing off");
  return { amount, currency };
}

function refuse(path: string, message: string): Result<never, InvalidRequest> {
  return err({ code: "invalid_request", issues: [{ path, message }] });
}
