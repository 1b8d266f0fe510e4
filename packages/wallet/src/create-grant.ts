import { createHash } from "node:crypto";
import {
  type Clock,
  type CurrencyCode,
  type CustomerId,
  type Decimal,
  err,
  type Ids,
  isCurrency,
  type MerchantId,
  ok,
  type Result,
  type UnknownCurrency,
} from "@farthing/money";
import { type Grant, type GrantScope, type RollOver, untouched } from "./grant.ts";
import { type GrantDocument, grantDocument } from "./grant-document.ts";
import type { Grants, Holders } from "./ports.ts";

/** What is said of a grant: an `amount` with its `currency`, or `units` of a `meter`. Units: times in milliseconds. */
export interface GrantBody {
  readonly amount?: Decimal | undefined;
  readonly currency?: string | undefined;
  readonly units?: Decimal | undefined;
  readonly meter?: string | undefined;
  readonly name?: string | undefined;
  readonly priority?: number | undefined;
  readonly startsAt?: number | undefined;
  readonly expiresAt?: number | undefined;
  readonly rollOver?: { readonly maximum?: Decimal | undefined; readonly until: number } | undefined;
  readonly scope?: GrantScope | undefined;
}

/** What granting needs. */
export interface GrantStores {
  readonly grants: Grants;
  readonly holders: Holders;
  readonly ids: Ids;
  readonly clock: Clock;
}

/** Nobody put this customer, and no event named it. */
export interface UnknownHolder {
  readonly code: "unknown_customer";
  readonly customer: string;
}

/** The merchant has no meter of this key. */
export interface NoSuchMeter {
  readonly code: "unknown_meter";
  readonly meter: string;
}

/** What is said of a grant does not hold together. */
export interface InvalidGrant {
  readonly code: "invalid_request";
  readonly issues: readonly { readonly path: string; readonly message: string }[];
}

/** A grant has run out before it was made. */
export interface ExpiryInPast {
  readonly code: "expiry_in_past";
}

const middlePriority = 50;

/**
 * Grants a customer credit. With an idempotency key the grant's id is made of it, so that the same request is the same grant.
 *
 * Errors, in this order: `invalid_request`, `unknown_currency`, `expiry_in_past`, `unknown_customer`, `unknown_meter`.
 */
export async function createGrant(
  { grants, holders, ids, clock }: GrantStores,
  {
    merchant,
    customer,
    body,
    receivedAt,
    once,
  }: {
    readonly merchant: MerchantId;
    readonly customer: CustomerId;
    readonly body: GrantBody;
    readonly receivedAt: number;
    /** The sender's idempotency key: with it the same request is the same grant. */
    readonly once?: { readonly key: string } | undefined;
  },
): Promise<Result<GrantDocument, InvalidGrant | UnknownCurrency | ExpiryInPast | UnknownHolder | NoSuchMeter>> {
  const terms = termsOf(body, receivedAt);
  if (!terms.ok) return terms;
  const { expiresAt } = terms.value;
  if (expiresAt !== undefined && expiresAt <= clock.now()) return err({ code: "expiry_in_past" });
  if (!(await holders.exists({ merchant, customer }))) return err({ code: "unknown_customer", customer });
  const { meter } = terms.value;
  if (meter !== undefined && !(await holders.hasMeter(merchant, meter))) return err({ code: "unknown_meter", meter });
  const id = once === undefined ? ids.unique() : nameOf([merchant, customer, once.key]);
  const grant: Grant = { merchant, customer, id: `gr_${id}`, ...terms.value, createdAt: receivedAt };
  await grants.addGrant(grant);
  return ok(grantDocument((await grants.grant(grant, grant.id)) ?? grant, untouched));
}

function nameOf(parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
}

type GrantTerms = Omit<Grant, "merchant" | "customer" | "id" | "createdAt">;

function termsOf(body: GrantBody, now: number): Result<GrantTerms, InvalidGrant | UnknownCurrency> {
  const { name, priority = middlePriority, startsAt = now, expiresAt, scope } = body;
  const issue = issueIn(body, startsAt);
  if (issue !== undefined) return err({ code: "invalid_request", issues: [issue] });
  const covers = coversOf(body);
  if (!covers.ok) return covers;
  const rollOver = rollOverOf(body);
  return ok({
    ...covers.value,
    ...(name === undefined ? {} : { name }),
    priority,
    startsAt,
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(rollOver === undefined ? {} : { rollOver }),
    ...(scope === undefined ? {} : { scope }),
  });
}

function issueIn(
  { amount, currency, units, meter, expiresAt, rollOver }: GrantBody,
  startsAt: number,
): InvalidGrant["issues"][number] | undefined {
  const isAmount = amount !== undefined && currency !== undefined && units === undefined && meter === undefined;
  const isUnits = units !== undefined && meter !== undefined && amount === undefined && currency === undefined;
  if (!isAmount && !isUnits)
    return { path: "amount", message: "A grant is an `amount` with its `currency`, or `units` of a `meter`." };
  if (expiresAt !== undefined && expiresAt <= startsAt)
    return { path: "expiresAt", message: "A grant expires after it starts." };
  if (rollOver !== undefined && (expiresAt === undefined || rollOver.until <= expiresAt))
    return { path: "rollOver.until", message: "A grant rolls over when it expires, until later than that." };
  return undefined;
}

function coversOf({
  amount,
  units,
  currency,
  meter,
}: GrantBody): Result<Pick<Grant, "granted" | "currency" | "meter">, UnknownCurrency> {
  if (meter !== undefined && units !== undefined) return ok({ granted: units, meter });
  const code = currency ?? "";
  if (amount === undefined || !isCurrency(code)) return err({ code: "unknown_currency", currency: code.slice(0, 10) });
  return ok({ granted: amount, currency: code satisfies CurrencyCode });
}

function rollOverOf({ rollOver }: GrantBody): RollOver | undefined {
  if (rollOver === undefined) return undefined;
  const { maximum, until } = rollOver;
  return { until, ...(maximum === undefined ? {} : { maximum }) };
}
