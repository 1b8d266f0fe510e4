import { pause } from "../triggers/pause.ts";

/** Tells a function's failure from the database's absence, which is nobody's fault and soon over. */
export interface StoreWatch {
  /** Whether the database does not answer; if so, only once it does again. */
  wasAway(): Promise<boolean>;
  stop(): void;
}

const eachMs = 250;

/** Watches a database by asking it, and only when somebody wants to know. */
export function watchStore(endpoint: string): StoreWatch {
  const abort = new AbortController();
  let waiting: Promise<void> | undefined;
  const answers = (): Promise<boolean> =>
    fetch(endpoint, { signal: AbortSignal.timeout(5000) }).then(
      async (response) => response.arrayBuffer().then(() => true),
      () => false,
    );
  async function untilBack(): Promise<void> {
    while (!abort.signal.aborted && !(await answers())) await pause(eachMs, abort.signal);
    waiting = undefined;
  }
  return {
    async wasAway() {
      if (waiting === undefined && (await answers())) return false;
      waiting ??= untilBack();
      await waiting;
      return true;
    },
    stop: () => abort.abort(),
  };
}
