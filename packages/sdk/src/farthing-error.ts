/**
 * What the API answers when it refuses: a problem document.
 *
 * Source: RFC 9457; docs/api.md.
 */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly [fact: string]: unknown;
}

interface FarthingErrorFacts {
  readonly code: string;
  readonly status?: number;
  readonly problem?: Problem;
  readonly cause?: unknown;
}

/**
 * A request that failed, or an event that was refused.
 *
 * `status` is 0 when no answer came; then `code` is `network_error` or `timed_out`. Other codes made here: `bad_answer`
 * (a success that is not the API's), `invalid_event` and `closed` (an event that was never sent), `unsent` (a flush that failed).
 * Every other code is the API's own.
 */
export class FarthingError extends Error {
  readonly code: string;
  readonly status: number;
  readonly problem: Problem | undefined;

  constructor(message: string, facts: FarthingErrorFacts) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.name = "FarthingError";
    this.code = facts.code;
    this.status = facts.status ?? 0;
    this.problem = facts.problem;
  }
}

/** A flush or a close that could not deliver everything: `remaining` events are still held, and `cause` says why. */
export class UnsentError extends FarthingError {
  readonly remaining: number;

  constructor(remaining: number, cause: FarthingError) {
    super(`${remaining} events are not delivered yet, and are still held: ${cause.message}`, { code: "unsent", cause });
    this.name = "UnsentError";
    this.remaining = remaining;
  }
}
