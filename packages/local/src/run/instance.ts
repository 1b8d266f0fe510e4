import { Worker } from "node:worker_threads";
import type { FunctionSpec } from "../template/functions.ts";
import type { Invocation, Outcome, SentInvocation, WorkerMessage, WorkerStart } from "./messages.ts";

/** One warm copy of a function: a worker thread that runs one invocation at a time. */
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

class WorkerInstance implements Instance {
  readonly #worker: Worker;
  readonly #timeoutMs: number;
  #alive = true;
  #loaded = false;
  #waiting: { invocation: Invocation; finish: (outcome: Outcome) => void } | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(spec: FunctionSpec, env: Record<string, string>, log: Log) {
    this.#timeoutMs = spec.timeoutMs;
    this.#worker = startWorker(spec, env, log);
    this.#worker.on("message", (message: WorkerMessage) => {
      if (message.kind === "ended") this.#settle(message.outcome);
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
      this.#waiting = { invocation, finish };
      if (this.#loaded) this.#send();
      else this.#limit(loadTimeoutMs);
    });
  }

  #begin(): void {
    this.#loaded = true;
    if (this.#waiting !== undefined) this.#send();
  }

  #send(): void {
    if (this.#waiting === undefined) return;
    this.#limit(this.#timeoutMs);
    const { invocation } = this.#waiting;
    const moved = invocation.body?.bytes.buffer;
    const message: SentInvocation = { ...invocation, deadline: Date.now() + this.#timeoutMs };
    this.#worker.postMessage(message, moved === undefined ? [] : [moved]);
  }

  #limit(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#die(timedOut(ms));
      void this.#worker.terminate();
    }, ms);
  }

  #die(outcome: Outcome): void {
    this.#alive = false;
    this.#settle(outcome);
  }

  #settle(outcome: Outcome): void {
    clearTimeout(this.#timer);
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.finish(outcome);
  }
}

/** Starts a copy of a function. Its timeout ends the thread, as Lambda ends the sandbox. */
export function startInstance(spec: FunctionSpec, env: Record<string, string>, log: Log): Instance {
  return new WorkerInstance(spec, env, log);
}
