import { Worker } from "node:worker_threads";
import type { FunctionSpec } from "../template/functions.ts";
import type { Invocation, Outcome, SentInvocation, WorkerMessage, WorkerStart } from "./messages.ts";

/** One warm copy of a function: a worker thread, which runs as many invocations at once as its function bears. */
export interface Instance {
  run(invocation: Invocation): Promise<Outcome>;
  /** Whether the thread still runs; one that is gone takes no further invocation. */
  alive(): boolean;
  end(): Promise<void>;
}

/** Receives what a handler prints. */
export type Log = (line: string) => void;

const failed = (errorType: string, errorMessage: string): Outcome => ({
  ok: false,
  error: { errorType, errorMessage },
});

function startWorker(spec: FunctionSpec, env: Record<string, string>, log: Log): Worker {
  const { file, exportName, functionName, arn, memoryMegabytes } = spec;
  const workerData: WorkerStart = { file, exportName, functionName, arn, memoryMegabytes };
  const worker = new Worker(new URL("./worker.ts", import.meta.url), {
    workerData,
    env,
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: memoryMegabytes },
  });
  for (const stream of [worker.stdout, worker.stderr]) {
    stream.on("data", (chunk: Buffer) => log(`[${spec.name}] ${chunk.toString().trimEnd()}`));
  }
  return worker;
}

/** How long a function may take to load; Lambda allows it apart from the function's own timeout. */
const loadTimeoutMs = 30_000;

const timedOut = (ms: number): Outcome =>
  failed("Sandbox.Timedout", `Task timed out after ${(ms / 1000).toFixed(2)} seconds`);

/** An invocation under way. */
interface Underway {
  readonly invocation: Invocation;
  readonly finish: (outcome: Outcome) => void;
  timer?: NodeJS.Timeout;
}

class WorkerInstance implements Instance {
  readonly #worker: Worker;
  readonly #timeoutMs: number;
  readonly #underway = new Map<string, Underway>();
  #alive = true;
  #loaded = false;

  constructor(spec: FunctionSpec, env: Record<string, string>, log: Log) {
    this.#timeoutMs = spec.timeoutMs;
    this.#worker = startWorker(spec, env, log);
    this.#worker.on("message", (message: WorkerMessage) => {
      if (message.kind === "ended") this.#settle(message.requestId, message.outcome);
      else this.#begin();
    });
    this.#worker.on("error", (error: Error) => this.#die(failed("Runtime.UnhandledError", error.message)));
    this.#worker.on("exit", (code) =>
      this.#die(failed("Runtime.ExitError", `the function's runtime exited with code ${code}`)),
    );
  }

  alive(): boolean {
    return this.#alive;
  }

  async end(): Promise<void> {
    this.#alive = false;
    await this.#worker.terminate();
  }

  run(invocation: Invocation): Promise<Outcome> {
    return new Promise((finish) => {
      const underway: Underway = { invocation, finish };
      this.#underway.set(invocation.requestId, underway);
      if (this.#loaded) this.#send(underway);
      else this.#limit(underway, loadTimeoutMs);
    });
  }

  #begin(): void {
    this.#loaded = true;
    for (const underway of this.#underway.values()) this.#send(underway);
  }

  #send(underway: Underway): void {
    this.#limit(underway, this.#timeoutMs);
    const { invocation } = underway;
    const moved = invocation.body?.bytes.buffer;
    const message: SentInvocation = { ...invocation, deadline: Date.now() + this.#timeoutMs };
    this.#worker.postMessage(message, moved === undefined ? [] : [moved]);
  }

  #limit(underway: Underway, ms: number): void {
    clearTimeout(underway.timer);
    underway.timer = setTimeout(() => {
      this.#die(timedOut(ms));
      void this.#worker.terminate();
    }, ms);
  }

  /** Whatever runs in a thread ends with it. */
  #die(outcome: Outcome): void {
    this.#alive = false;
    for (const requestId of [...this.#underway.keys()]) this.#settle(requestId, outcome);
  }

  #settle(requestId: string, outcome: Outcome): void {
    const underway = this.#underway.get(requestId);
    this.#underway.delete(requestId);
    clearTimeout(underway?.timer);
    underway?.finish(outcome);
  }
}

/** Starts a copy of a function. Its timeout ends the thread, as Lambda ends the sandbox. */
export function startInstance(spec: FunctionSpec, env: Record<string, string>, log: Log): Instance {
  return new WorkerInstance(spec, env, log);
}
