import type { GrantState } from "@farthing/wallet";
import type { SealedLine } from "../seal.ts";
import type { LineAllocation, LineDraw, SealTerms } from "../seal-terms.ts";
import { decimalOf, picosOf, type Stored } from "./stored-value.ts";

/** Reads what a seal knew and did of coupons, grants and taxes. */
export function termsOf({ grants, taxed, allocations, ...terms }: Stored<SealTerms>): SealTerms {
  return {
    ...terms,
    grants: mapped(grants, stateOf),
    taxed: taxed.map((total) => ({ ...total, charged: picosOf(total.charged), tax: picosOf(total.tax) })),
    allocations: allocations.map(allocationOf),
  };
}

/** Reads what only lines of discounts, credits and taxes have. */
export function termsOfLine({
  draws,
  tax,
}: Pick<Stored<SealedLine>, "draws" | "tax">): Pick<SealedLine, "draws" | "tax"> {
  return {
    ...(draws === undefined ? {} : { draws: draws.map((draw) => ({ ...draw, ...drawOf(draw) })) }),
    ...(tax === undefined ? {} : { tax: { ...tax, base: picosOf(tax.base), amount: picosOf(tax.amount) } }),
  };
}

function stateOf({ used, usedRolled, stage }: Stored<GrantState>): GrantState {
  return { used: decimalOf(used), usedRolled: decimalOf(usedRolled), stage };
}

function allocationOf({ off, draws, ...allocation }: Stored<LineAllocation>): LineAllocation {
  return { ...allocation, off: mapped(off, picosOf), draws: mapped(draws, drawOf) };
}

function drawOf({ exact, taken }: Stored<LineDraw>): LineDraw {
  return { exact: picosOf(exact), taken: decimalOf(taken) };
}

function mapped<From, To>(record: Readonly<Record<string, From>>, turn: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, turn(value)]));
}
