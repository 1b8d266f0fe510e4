/** A stretch of event time, `from ≤ time < to`. Units: milliseconds. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}
