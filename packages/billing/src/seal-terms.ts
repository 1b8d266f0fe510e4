import type { CurrencyCode, Decimal, Picos } from "@farthing/money";
import type { GrantState } from "@farthing/wallet";

/**
 * How a charge is taxed: beside its price, within it, by the buyer, or not at all. `rate` is a share as a decimal's text.
 */
export interface TaxTreatment {
  readonly name: string;
  readonly rate: string;
  readonly kind: "exclusive" | "inclusive" | "reverse_charge" | "exempt";
}

/** How a customer's new charges are taxed: the first rule that is for a line's meter, or for all, is the line's. */
export interface TaxProfile {
  /** Which version of which country's rates it comes from; none where the customer has a rate of its own. */
  readonly country?: string;
  readonly version?: number;
  readonly rules: readonly { readonly meters?: readonly string[]; readonly treatment: TaxTreatment }[];
}

/** What a line drew from a grant. Units: `exact` in picos, `taken` in the grant's own unit. */
export interface LineDraw {
  readonly exact: Picos;
  readonly taken: Decimal;
}

/**
 * What is taken off a line through a seal, by coupons and by grants, and how what is left of it is taxed. The newest of a line
 * holds; `line` is its key as text.
 */
export interface LineAllocation {
  readonly line: string;
  readonly off: Readonly<Record<string, Picos>>;
  readonly draws: Readonly<Record<string, LineDraw>>;
  readonly tax?: TaxTreatment;
}

/** What was charged under one tax treatment through a seal, and the tax on it. Units: picos. */
export interface TaxTotal {
  readonly currency: CurrencyCode;
  readonly treatment: TaxTreatment;
  readonly charged: Picos;
  readonly tax: Picos;
}

/**
 * What a seal knew and did of coupons, grants and taxes: with it, it is rendered again.
 *
 * `allocations` are those that it changed; `grants` and `taxed` are carried forward whole.
 */
export interface SealTerms {
  readonly coupons: readonly { readonly id: string; readonly removedAt?: number }[];
  readonly grants: Readonly<Record<string, GrantState>>;
  readonly profile?: TaxProfile;
  readonly taxed: readonly TaxTotal[];
  readonly allocations: readonly LineAllocation[];
}

/** What one line drew from a grant by this seal; below nought it gave back. */
export interface SealedDraw extends LineDraw {
  readonly line: string;
  readonly description: string;
}

/** The tax of a line of kind `tax`. Units: picos; `base` is what was charged without it. */
export interface SealedTax extends TaxTreatment {
  readonly base: Picos;
  readonly amount: Picos;
}
