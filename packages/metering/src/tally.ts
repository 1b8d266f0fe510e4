/** The values of a meter's groups for one event, in the order of `groupBy`; `null` where the event has none. */
export type GroupValues = readonly (string | null)[];

/** One meter's state for one combination of its groups, encoded as text. */
export interface Cell {
  readonly meter: string;
  readonly group: GroupValues;
  readonly state: string;
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
