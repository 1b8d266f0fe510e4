import type { CurrencyCode, MerchantId, Picos } from "@farthing/money";

/** What our books and the rail's balance say of one currency of that balance. Units: picos; fees apart. */
export interface ReconciledTotals {
  readonly currency: CurrencyCode;
  readonly ours: Picos;
  readonly theirs: Picos;
  readonly ourFees: Picos;
  readonly theirFees: Picos;
}

/** Something that is on one side and not on the other, or not the same on both. Units: milliseconds. */
export interface Unmatched {
  readonly what: "only_theirs" | "only_ours" | "differs" | "second_payment";
  readonly id: string;
  readonly invoice?: string | undefined;
  readonly at: number;
}

/** Something that was put right. */
export interface Mended {
  readonly what: "noted" | "closed";
  readonly id: string;
  readonly invoice: string;
}

/** A comparison of our books with the rail's balance, over whole days of UTC. Units: milliseconds. */
export interface Reconciliation {
  readonly from: number;
  readonly to: number;
  readonly checkedAt: number;
  readonly movements: number;
  readonly totals: readonly ReconciledTotals[];
  readonly mended: readonly Mended[];
  readonly unmatched: readonly Unmatched[];
}

/** Where each merchant's last comparison is kept. Reads are strong. */
export interface Reconciliations {
  last(merchant: MerchantId): Promise<Reconciliation | undefined>;
  /** Replaces the last. */
  save(merchant: MerchantId, reconciliation: Reconciliation): Promise<void>;
}
