import { randomUUID } from "node:crypto";
import type { FunctionSpec } from "../template/functions.ts";
import { type Copies, createCopies } from "./copies.ts";
import { type Log, startInstance } from "./instance.ts";
import type { Outcome, RequestBody } from "./messages.ts";

/** A function that can be invoked; its copies start when they are needed. */
export interface Lambda {
  readonly spec: FunctionSpec;
  /** How many copies run at once at most. */
  readonly concurrency: number;
  readonly copies: Copies;
  invoke(event: unknown, body?: RequestBody): Promise<Outcome>;
}

/** How a function's copies are kept. */
export interface LambdaOptions {
  readonly environment: Record<string, string>;
  /** Copies of the function at most; further invocations wait in line. */
  readonly copies: number;
  readonly log: Log;
  /** Called before a copy starts, so that others can make room. */
  readonly makeRoom?: () => void;
}

const stopping: Outcome = {
  ok: false,
  error: { errorType: "ServiceException", errorMessage: "the local cloud is stopping" },
};

/** Prepares one function: an invocation has a place in a copy, to itself unless the function bears more, and waits for one. */
export function createLambda(spec: FunctionSpec, options: LambdaOptions): Lambda {
  const concurrency = Math.max(1, Math.min(options.copies, spec.reservedConcurrency ?? options.copies));
  // A function that bears several requests at once is a busy one: nobody's first request waits until it is loaded.
  const kept = spec.atOnce > 1 ? 1 : 0;
  const copies = createCopies({ copies: concurrency, atOnce: spec.atOnce, kept }, () => {
    options.makeRoom?.();
    return startInstance(spec, options.environment, options.log);
  });
  return {
    spec,
    concurrency,
    copies,
    async invoke(event, body) {
      const instance = await copies.acquire();
      if (instance === undefined) return stopping;
      const sent = { requestId: randomUUID(), event, ...(body === undefined ? {} : { body }) };
      const outcome = await instance.run(sent).finally(() => copies.release(instance));
      if (!outcome.ok) options.log(`[${spec.name}] ${outcome.error.errorType}: ${outcome.error.errorMessage}`);
      return outcome;
    },
  };
}
