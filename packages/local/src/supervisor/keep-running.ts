import { setTimeout as wait } from "node:timers/promises";

/** A process that was started. */
export interface Started {
  readonly pid?: number | undefined;
  /** Settles when the process is gone, whoever ended it. */
  readonly exited: Promise<void>;
  stop(): Promise<void>;
}

/** A process that is started again whenever it ends, until it is stopped. */
export interface Kept<S extends Started> {
  /** The one that runs, or ran last. */
  current(): S;
  stop(): Promise<void>;
}

/** How a process is kept running. */
export interface KeepOptions<S extends Started> {
  /** What a person is told of it. */
  readonly name: string;
  /** Starts it; the one before is given from the second time on. */
  readonly start: (before: S | undefined) => Promise<S>;
  readonly started?: (process: S) => void;
  readonly say: (line: string) => void;
}

const longestWaitMs = 10_000;

/**
 * Starts a process and keeps it running.
 *
 * Errors: throws when the first start fails; later ones are tried again, ever more patiently.
 */
export async function keepRunning<S extends Started>(options: KeepOptions<S>): Promise<Kept<S>> {
  const { name, start, started, say } = options;
  const abort = new AbortController();
  const aborted = new Promise<void>((resolve) => abort.signal.addEventListener("abort", () => resolve()));
  let current = await start(undefined);
  started?.(current);

  async function again(): Promise<void> {
    for (let waitMs = 250; !abort.signal.aborted; waitMs = Math.min(longestWaitMs, waitMs * 2)) {
      try {
        const next = await start(current);
        current = next;
        started?.(next);
        say(`${name} runs again.`);
        return;
      } catch (error) {
        say(`${name} does not start: ${error instanceof Error ? error.message : String(error)}`);
        await wait(waitMs, undefined, { signal: abort.signal }).catch(() => {});
      }
    }
  }

  async function watch(): Promise<void> {
    while (!abort.signal.aborted) {
      await Promise.race([current.exited, aborted]);
      if (abort.signal.aborted) return;
      say(`${name} has ended; starting it again …`);
      await again();
    }
  }

  const watching = watch();
  return {
    current: () => current,
    async stop() {
      abort.abort();
      await current.stop();
      await watching;
      // One that came up while this was being stopped.
      await current.stop();
    },
  };
}
