import type { FunctionSpec } from "../template/functions.ts";
import { type Endpoints, environmentOf } from "./environment.ts";
import type { Log } from "./instance.ts";
import { createLambda, type Lambda } from "./lambda.ts";

/** How many worker threads the local cloud spends. */
export interface FleetLimits {
  /** Copies of one function. */
  readonly copies: number;
  /** Copies of all functions together that are kept warm. */
  readonly warm: number;
  /** A copy that nobody needed for this long is ended. */
  readonly idleMs: number;
}

/** All functions of the local cloud. */
export interface Fleet {
  readonly all: readonly Lambda[];
  /** By `<domain>/<verb>`. */
  named(name: string): Lambda | undefined;
  /**
   * By ARN or by name, as triggers and routes point at it.
   *
   * Errors: throws when the target is none of our functions.
   */
  target(pointer: string): Lambda;
  busy(): number;
  stop(): Promise<void>;
}

/** Prepares each function; none is started before its first invocation. */
export function createFleet(
  specs: readonly FunctionSpec[],
  endpoints: Endpoints,
  limits: FleetLimits,
  log: Log,
): Fleet {
  const all: Lambda[] = [];
  function makeRoom(): void {
    if (all.reduce((sum, lambda) => sum + lambda.copies.count(), 0) < limits.warm) return;
    const idle = all.filter((lambda) => lambda.copies.idleSince() !== undefined);
    idle.sort((a, b) => (a.copies.idleSince() ?? 0) - (b.copies.idleSince() ?? 0));
    idle[0]?.copies.retire();
  }
  // Each copy holds some 50 MB.
  const sweep = setInterval(() => {
    for (const { copies } of all) while ((copies.idleSince() ?? Infinity) < Date.now() - limits.idleMs) copies.retire();
  }, limits.idleMs / 4);
  sweep.unref();
  for (const spec of specs) {
    all.push(createLambda(spec, { environment: environmentOf(spec, endpoints), copies: limits.copies, log, makeRoom }));
  }
  const pointers = new Map(
    all.flatMap((lambda) => [lambda.spec.arn, lambda.spec.functionName].map((at) => [at, lambda])),
  );
  const names = new Map(all.map((lambda) => [lambda.spec.name, lambda]));
  return {
    all,
    named: (name) => names.get(name),
    target(pointer) {
      const lambda = pointers.get(pointer);
      if (lambda === undefined) throw new Error(`the template points at ${pointer}, which is none of our functions`);
      return lambda;
    },
    busy: () => all.reduce((sum, lambda) => sum + lambda.copies.busy(), 0),
    async stop() {
      clearInterval(sweep);
      await Promise.all(all.map((lambda) => lambda.copies.stop()));
    },
  };
}
