/** Which usage a price is for. */
interface PriceScope {
  readonly key?: string;
  readonly meter: string;
  readonly group?: Readonly<Record<string, string>>;
}

/** What prices on usage may carry, for the usage of one period. */
export interface UsageTerms {
  /** Turns the metered quantity into what the price is for, such as bytes into gigabytes, before anything else. */
  readonly convert?: {
    readonly by: string;
    readonly op: "divide" | "multiply";
    readonly round?: "up" | "down" | "half_even" | "none";
  };
  /** Units that cost nothing. */
  readonly freeUnits?: string;
  /** The part of the amount that is not charged: "0.1" is ten percent off. */
  readonly discount?: string;
  /** What a period comes to at least; what is missing is charged when it is over. */
  readonly minimum?: string;
  /** What a period comes to at most. */
  readonly maximum?: string;
}

/** So much for each unit; with `per` "1000000" the price is for a million. */
export interface PerUnitPrice extends PriceScope, UsageTerms {
  readonly model: "per_unit";
  readonly unitPrice: string;
  readonly per?: string;
}

/** A tier takes what lies above the one before it, up to and with `upTo`; the last is open, `null`. */
export interface UnitTier {
  readonly upTo: string | null;
  readonly unitPrice: string;
  readonly flat?: string;
}

/** Tiers: `graduated` prices what falls in each, `volume` all usage by the tier that the whole falls in. */
export interface TieredPrice extends PriceScope, UsageTerms {
  readonly model: "graduated" | "volume";
  readonly tiers: readonly UnitTier[];
  readonly per?: string;
  /** Whether the first tier's `flat` is owed for a period without usage. */
  readonly chargeZero?: boolean;
}

/** So much for each package of `size` units that is begun. */
export interface PackagePrice extends PriceScope, UsageTerms {
  readonly model: "package";
  readonly size: string;
  readonly amount: string;
}

/** A share of each transaction, "0.029" being 2.9 percent; limits and allowance are a transaction's, but for those of the period. */
export interface PercentagePrice extends PriceScope, Omit<UsageTerms, "convert"> {
  readonly model: "percentage";
  readonly rate: string;
  readonly fixed?: string;
  readonly freeAmount?: string;
  readonly periodMinimum?: string;
  readonly periodMaximum?: string;
}

/** A share of what the meter sums up, tier by tier. */
export interface GraduatedPercentagePrice extends PriceScope, UsageTerms {
  readonly model: "graduated_percentage";
  readonly tiers: readonly { readonly upTo: string | null; readonly rate: string; readonly fixed?: string }[];
}

/** So much for the highest tier that usage reaches. */
export interface CapacityPrice extends PriceScope, UsageTerms {
  readonly model: "capacity";
  readonly tiers: readonly { readonly upTo: string | null; readonly amount: string }[];
}

/** A price for each combination of group values; "*" stands for any, and what no cell takes costs `otherwise`. */
export interface MatrixPrice extends PriceScope, UsageTerms {
  readonly model: "matrix";
  readonly dimensions: readonly string[];
  readonly cells: readonly { readonly match: Readonly<Record<string, string>>; readonly unitPrice: string }[];
  readonly otherwise?: string;
  readonly per?: string;
}

/** The events bring their amounts. */
export interface DynamicPrice extends PriceScope, UsageTerms {
  readonly model: "dynamic";
  readonly multiplier?: string;
}

/** So much for each period, used or not. */
export interface FlatPrice {
  readonly key?: string;
  readonly model: "flat";
  readonly amount: string;
  readonly timing: "in_advance" | "in_arrears";
}

/** One price of a plan. */
export type Price =
  | PerUnitPrice
  | TieredPrice
  | PackagePrice
  | PercentagePrice
  | GraduatedPercentagePrice
  | CapacityPrice
  | MatrixPrice
  | DynamicPrice
  | FlatPrice;
