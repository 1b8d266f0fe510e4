/**
 * What becomes of a subscription: an immutable fact, of which number n is made once, by a writer that had read number n − 1.
 *
 * Units: `at`, from when it holds, and `createdAt` in milliseconds. Without proration the flat prices of the period that it
 * falls into are charged whole as it ends, and from the next period on as it resumes.
 */
export interface SubscriptionEvent {
  readonly number: number;
  readonly kind: "pause" | "resume" | "cancel";
  readonly at: number;
  readonly proration?: "none";
  readonly createdAt: number;
}

/** A stretch of time in which a subscription runs, and by which events it ends and began, where it was one. */
export interface Run {
  readonly from: number;
  readonly to: number;
  readonly begunBy?: SubscriptionEvent;
  readonly endedBy?: SubscriptionEvent;
}

/** When a subscription ends by itself; infinite while nobody cancelled it. Units: milliseconds. */
export function cancelledAt(events: readonly SubscriptionEvent[]): number {
  return Math.min(Number.POSITIVE_INFINITY, ...events.filter(({ kind }) => kind === "cancel").map(({ at }) => at));
}

/**
 * The stretches in which a subscription runs from its start on: its pauses are left out, and what it had after it was
 * cancelled. Pauses and resumptions rise in time; a subscription that is cancelled before it starts has none.
 */
export function runsOf({
  start,
  events = [],
}: {
  readonly start: number;
  readonly events?: readonly SubscriptionEvent[] | undefined;
}): readonly Run[] {
  const runs: Run[] = [];
  let open: Run | undefined = { from: start, to: Number.POSITIVE_INFINITY };
  for (const event of events) {
    if (event.kind === "pause" && open !== undefined) {
      runs.push({ ...open, to: event.at, endedBy: event });
      open = undefined;
    } else if (event.kind === "resume" && open === undefined)
      open = { from: event.at, to: Number.POSITIVE_INFINITY, begunBy: event };
  }
  const cancel = events.filter(({ kind }) => kind === "cancel").toSorted((a, b) => a.at - b.at)[0];
  return [...runs, ...(open === undefined ? [] : [open])]
    .map((run) => (cancel !== undefined && cancel.at < run.to ? { ...run, to: cancel.at, endedBy: cancel } : run))
    .filter(({ from, to }) => from < to);
}
