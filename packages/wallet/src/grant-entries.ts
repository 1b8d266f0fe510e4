import { add, type Decimal, isZero, negate, subtract, zero } from "@farthing/money";
import { type Grant, type GrantState, rolledOver, untouched } from "./grant.ts";

/** What one seal did of a grant: what lines drew or gave back, and its state since. Units: `at` in milliseconds. */
export interface GrantStep {
  readonly at: number;
  readonly state: GrantState;
  readonly draws: readonly GrantDraw[];
}

/** What a line of an invoice drew from a grant; below nought it gave back. Units: as the grant's `granted`. */
export interface GrantDraw {
  readonly invoice: string;
  readonly line: string;
  readonly description: string;
  readonly taken: Decimal;
}

/** One entry of a grant's account. Units: `amount` and `running` as the grant's `granted`, `at` in milliseconds. */
export interface GrantEntry {
  readonly id: string;
  readonly kind: "grant" | "draw" | "give_back" | "expiry" | "roll_over";
  readonly amount: Decimal;
  readonly running: Decimal;
  readonly at: number;
  readonly invoice?: string;
  readonly line?: string;
  readonly description?: string;
}

type Unnumbered = Omit<GrantEntry, "id" | "running">;

/**
 * A grant's account, oldest first: what was granted, what each seal drew and gave back, what expired and what went on. The
 * amounts add up to what is left; `running` is their sum so far.
 */
export function grantEntries(grant: Grant, steps: readonly GrantStep[]): readonly GrantEntry[] {
  const entries: Unnumbered[] = [{ kind: "grant", amount: grant.granted, at: grant.createdAt }];
  let last = untouched;
  for (const { at, state, draws } of steps) {
    entries.push(...draws.filter(({ taken }) => !isZero(taken)).map((draw) => drawEntry(draw, at)));
    entries.push(...movesOf(grant, { last, state, at }));
    last = state;
  }
  let running = zero;
  return entries.map((entry, index) => {
    running = add(running, entry.amount);
    return { ...entry, id: `${grant.id}_${index + 1}`, running };
  });
}

function drawEntry({ taken, ...named }: GrantDraw, at: number): Unnumbered {
  return { kind: taken.digits > 0n ? "draw" : "give_back", amount: negate(taken), at, ...named };
}

/** What expired and what went on since the step before; late facts change both. */
function movesOf(
  grant: Grant,
  { last, state, at }: { readonly last: GrantState; readonly state: GrantState; readonly at: number },
): readonly Unnumbered[] {
  const expiry = subtract(expired(grant, last), expired(grant, state));
  const over = subtract(wentOn(grant, state), wentOn(grant, last));
  const entries: Unnumbered[] = [
    { kind: "expiry", amount: expiry, at },
    { kind: "roll_over", amount: over, at },
  ];
  return entries.filter(({ amount }) => !isZero(amount));
}

function wentOn(grant: Grant, state: GrantState): Decimal {
  return state.stage === "standing" ? zero : rolledOver(grant, state);
}

/** All that expired: the rest at the grant's own end, and what was left of it at the end of what went on. */
function expired(grant: Grant, state: GrantState): Decimal {
  if (state.stage === "standing") return zero;
  const rest = subtract(grant.granted, state.used);
  const left = subtract(wentOn(grant, state), state.usedRolled);
  return state.stage === "over" ? add(rest, left) : rest;
}
