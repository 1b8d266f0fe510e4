import type { BatchVerdict } from "./batch-verdict.ts";

/** Consecutive records of a shard that are sent together, and how often they were tried without getting further. */
export interface Batch<R> {
  readonly records: readonly R[];
  readonly retries: number;
}

/** How a stream trigger deals with failure. */
export interface RetryPolicy {
  readonly bisects: boolean;
  /** Undefined: for as long as the records are in the stream. */
  readonly maximumRetries?: number;
}

/** What to do after a batch was tried. */
export interface NextStep<R> {
  /** Records that are dealt with, whether the function took them or they are given up. */
  readonly finished: readonly R[];
  /** Records among them that go to the failure queue. */
  readonly givenUp: readonly R[];
  /** What to try next, in order, before anything that came later. */
  readonly next: readonly Batch<R>[];
  /** Whether to wait before that. */
  readonly backOff: boolean;
}

function firstFailure<R>(batch: Batch<R>, verdict: BatchVerdict, idOf: (record: R) => string): number {
  if (verdict.kind !== "partly") return 0;
  return batch.records.findIndex((record) => verdict.failed.has(idOf(record)));
}

/**
 * Decides what follows a batch. Streams go on from the lowest failure, never past it; a batch that got no further is
 * halved where the trigger bisects, and the halving is no retry; a batch that is out of retries is given up.
 *
 * Source: "Using AWS Lambda with DynamoDB", error handling.
 */
export function nextStep<R>(
  batch: Batch<R>,
  verdict: BatchVerdict,
  policy: RetryPolicy,
  idOf: (record: R) => string,
): NextStep<R> {
  if (verdict.kind === "done") return { finished: batch.records, givenUp: [], next: [], backOff: false };
  const at = firstFailure(batch, verdict, idOf);
  const [finished, rest] = [batch.records.slice(0, at), batch.records.slice(at)];
  if (at > 0) return { finished, givenUp: [], next: [{ records: rest, retries: 0 }], backOff: true };
  if (policy.bisects && rest.length > 1) {
    const middle = Math.ceil(rest.length / 2);
    const halves = [rest.slice(0, middle), rest.slice(middle)];
    return {
      finished: [],
      givenUp: [],
      next: halves.map((records) => ({ records, retries: batch.retries })),
      backOff: true,
    };
  }
  if (policy.maximumRetries !== undefined && batch.retries >= policy.maximumRetries) {
    return { finished: rest, givenUp: rest, next: [], backOff: false };
  }
  return { finished: [], givenUp: [], next: [{ records: rest, retries: batch.retries + 1 }], backOff: true };
}
