import { type AnsweredEvent, type AnsweredFact, sameContent } from "./answered.ts";
import type { Account, LoggedRow } from "./evidence.ts";
import { identityOf } from "./facts.ts";
import { windowMs } from "./spans.ts";

/** What becomes of an event in a customer's log. */
export interface JudgedEvent {
  readonly answered: AnsweredEvent;
  readonly entry: number;
  readonly row: number;
  /** The seal that struck it, and why; undefined while it counts. */
  struck?: { readonly seal: number; readonly verdict: "duplicate" | "conflict" | "voided" };
}

/** A log, and how far each seal of it went. */
interface JudgedLog extends Pick<Account, "rows"> {
  readonly seals: readonly { readonly number: number; readonly frontier: { readonly entry: number } }[];
}

/**
 * Judges a customer's events by rule 5, as its seals follow each other: a void beats every copy; of copies within 35 days the
 * one that stands first in the log counts; what a seal has struck stays struck.
 */
export function judgedEvents({ rows, seals }: JudgedLog): readonly JudgedEvent[] {
  const events = rows.flatMap(({ part, entry, row, answered }): JudgedEvent[] =>
    part === "event" && isEvent(answered) ? [{ entry, row, answered }] : [],
  );
  const copies = Map.groupBy(events, ({ answered }) => identityOf(answered.fact));
  let judged = 0;
  for (const { number, frontier } of seals) {
    for (const same of copies.values()) {
      const known = same.filter(({ entry }) => entry <= frontier.entry);
      const voided = isVoided(rows, known, frontier.entry);
      if (voided || known.some(({ entry }) => entry > judged)) judgeCopies(known, { seal: number, judged, voided });
    }
    judged = frontier.entry;
  }
  return events;
}

function judgeCopies(
  copies: readonly JudgedEvent[],
  { seal, judged, voided }: { readonly seal: number; readonly judged: number; readonly voided: boolean },
): void {
  const counted: JudgedEvent[] = [];
  for (const copy of copies.filter(({ struck }) => struck === undefined)) {
    const first = counted.find(({ answered: { time } }) => Math.abs(time - copy.answered.time) <= windowMs);
    if (first === undefined || copy.entry <= judged) counted.push(copy);
    else copy.struck = { seal, verdict: sameContent(first.answered, copy.answered) ? "duplicate" : "conflict" };
  }
  if (voided) for (const copy of counted) copy.struck = { seal, verdict: "voided" };
}

function isVoided(rows: readonly LoggedRow[], [first]: readonly JudgedEvent[], last: number): boolean {
  if (first === undefined) return false;
  const identity = identityOf(first.answered.fact);
  return voidsOf(rows).some(({ entry, answered }) => entry <= last && identityOf(answered.fact) === identity);
}

/** The voids of a log. */
export function voidsOf(rows: readonly LoggedRow[]): readonly LoggedRow[] {
  return rows.filter(({ part }) => part === "void");
}

/** Whether a fact is an event. */
export function isEvent(answered: AnsweredFact): answered is AnsweredEvent {
  return answered.fact.kind === "event";
}
