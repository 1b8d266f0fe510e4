import {
  type CurrencyCode,
  type CustomerId,
  compare,
  type Decimal,
  type MerchantId,
  subtract,
  zero,
} from "@farthing/money";

/** Which lines of an invoice a grant covers; what is left out may be any. */
export interface GrantScope {
  readonly plans?: readonly string[];
  readonly meters?: readonly string[];
}

/** What of a grant's rest goes on when it expires, up to a maximum, and until when. Units: `until` in milliseconds. */
export interface RollOver {
  readonly maximum?: Decimal;
  readonly until: number;
}

/**
 * Credit that a customer was given: an amount of a currency, or units of a meter. Nothing of one ever changes.
 *
 * Units: `granted` in major units of `currency`, or in units of `meter`; times in milliseconds. It stands from `startsAt` until
 * `expiresAt`, or for ever. Of two that stand, the one of the lower `priority` is drawn first.
 */
export interface Grant {
  readonly merchant: MerchantId;
  readonly customer: CustomerId;
  readonly id: string;
  readonly granted: Decimal;
  readonly currency?: CurrencyCode;
  readonly meter?: string;
  readonly name?: string;
  readonly priority: number;
  readonly startsAt: number;
  readonly expiresAt?: number;
  readonly rollOver?: RollOver;
  readonly scope?: GrantScope;
  readonly createdAt: number;
}

/** How far a grant has come: it stands, its rest was rolled over, or all of it is over. */
export type GrantStage = "standing" | "rolled" | "over";

/**
 * What was drawn from a grant, before it expired and after, and how far it has come.
 *
 * Units: as the grant's `granted`.
 */
export interface GrantState {
  readonly used: Decimal;
  readonly usedRolled: Decimal;
  readonly stage: GrantStage;
}

/** The state of a grant that nothing was drawn from. */
export const untouched: GrantState = { used: zero, usedRolled: zero, stage: "standing" };

/** The order in which grants are drawn: by priority, then what expires first, then what is older, then by id. */
export function byDrawOrder(a: Grant, b: Grant): number {
  const ends = [a, b].map(({ expiresAt }) => expiresAt ?? Number.MAX_SAFE_INTEGER);
  return (
    a.priority - b.priority ||
    (ends[0] ?? 0) - (ends[1] ?? 0) ||
    a.createdAt - b.createdAt ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  );
}

/** How much of a grant went on when it expired. Units: as the grant's `granted`. */
export function rolledOver(grant: Grant, { used }: Pick<GrantState, "used">): Decimal {
  if (grant.rollOver === undefined) return zero;
  const rest = subtract(grant.granted, used);
  const { maximum } = grant.rollOver;
  return maximum !== undefined && compare(maximum, rest) < 0 ? maximum : rest;
}

/** What is left to be drawn from a grant. Units: as the grant's `granted`. */
export function remaining(grant: Grant, state: GrantState): Decimal {
  if (state.stage === "standing") return subtract(grant.granted, state.used);
  if (state.stage === "over") return zero;
  return subtract(rolledOver(grant, state), state.usedRolled);
}

/**
 * How far a grant has come when every period that began before `openFrom` is over: it covers the period in which it expires to
 * that period's end. Units: milliseconds.
 */
export function stageAt({ expiresAt, rollOver }: Grant, openFrom: number): GrantStage {
  if (expiresAt === undefined || openFrom < expiresAt) return "standing";
  return rollOver !== undefined && openFrom < rollOver.until ? "rolled" : "over";
}
