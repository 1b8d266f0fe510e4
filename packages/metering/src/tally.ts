/** The values of a meter's groups for one event, in the order of `groupBy`; `null` where the event has none. */
export type GroupValues = readonly (string | null)[];

/**
 * One meter's state for one combination of its groups, encoded as text; `null` in a statement that does not keep it, since
 * it is large: the rows tell it.
 */
export interface Cell {
  readonly meter: string;
  readonly group: GroupValues;
  readonly state: string | null;
}

/** How many events added to exactly the same cells; no cell at all means that they are unmetered. */
export interface Cohort {
  readonly cells: readonly number[];
  readonly events: number;
}

/** The meter states of a set of events: what a statement carries, and what usage and bills are folded from. */
export interface Tally {
  readonly cells: readonly Cell[];
  readonly cohorts: readonly Cohort[];
}

/** The tally of no events. */
export const emptyTally: Tally = { cells: [], cohorts: [] };

/** As much of one state as a statement keeps. Units: characters. */
const mostKept = 1_000;

/** A tally as a statement keeps it: a header stays small, so large states are left out. */
export function keptTally({ cells, cohorts }: Tally): Tally {
  const kept = cells.map((cell) => ((cell.state?.length ?? 0) <= mostKept ? cell : { ...cell, state: null }));
  return { cells: kept, cohorts };
}
