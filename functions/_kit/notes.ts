import type { Context } from "aws-lambda";

/** What the log line of one invocation is told. */
export type Facts = Readonly<Record<string, string | number | undefined>>;

// By invocation and not in the logger, whose keys two invocations at once in one process would share.
const notes = new WeakMap<Context, Facts>();

/** Adds facts to an invocation's log line: who and how many, never what. */
export function note(context: Context, facts: Facts): void {
  notes.set(context, { ...notes.get(context), ...facts });
}

/** What was noted of an invocation. */
export function noted(context: Context): Facts {
  return notes.get(context) ?? {};
}
