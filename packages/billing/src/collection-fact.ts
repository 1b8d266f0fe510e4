import type { Picos } from "@farthing/money";
import type { CollectionRef } from "./collection.ts";
import type { Movement } from "./payment-rail.ts";

/**
 * Something that happened to money, stored once under its cause: what a ledger posts.
 *
 * Units: `amount` in picos of the invoice's currency, `at` in milliseconds as the rail dates it. `movement` is what it did
 * to the balance at the rail, in the currency of that.
 */
export type CollectionFact = CollectionRef & {
  readonly cause: string;
  readonly amount: Picos;
  readonly at: number;
} & (
    | { readonly kind: "payment"; readonly payment: string; readonly movement: Movement }
    | { readonly kind: "refund"; readonly refund: string; readonly key: string; readonly movement: Movement }
    | { readonly kind: "write_off" }
  );

/** The day of UTC that an instant falls in. Units: milliseconds. */
export function dayOf(instantMs: number): string {
  return new Date(instantMs).toISOString().slice(0, 10);
}
