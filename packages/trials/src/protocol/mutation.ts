import type { Proc, ProcKind } from "./scheduler.ts";
import type { Stores } from "./stores.ts";

/** A way to break one of the design's rules from outside: through the ports and clocks that processes are given. */
export interface Mutation {
  readonly rule: number;
  readonly name: string;
  /** What breaks by it: a history that shows something else did not catch it. */
  readonly breaks: RegExp;
  /** The stores as a broken process sees them. */
  readonly stores?: (stores: Stores, proc: Proc) => Stores;
  /** How far a broken process's clock is off, on top of what clocks may be. Units: milliseconds. */
  readonly clockShiftMs?: (kind: ProcKind) => number;
  /** Processes that do not run at all. */
  readonly skips?: (kind: ProcKind) => boolean;
}

/** An answered event that its readers and its settlement do not see. */
export const unseen = /a reader missed|leaves .* out, which was answered/;

/** An event that no statement names, or that nobody sees although it was answered. */
export const lost = /stands in 0 entries|a reader missed|leaves .* out, which was answered/;
