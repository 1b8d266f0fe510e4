import type { CollectionQueue, CollectionRuns } from "./collection.ts";
import type { Settlement } from "./settlement.ts";

/** What hears that settlements are done. */
export interface DoneStores {
  readonly runs: Pick<CollectionRuns, "expect">;
  readonly queue: Pick<CollectionQueue, "askToOpen">;
}

/** Notes, before a settlement is closed, that its invoices are to be collected: a message that is lost after it is asked again. */
export async function beforeDone({ runs }: DoneStores, { merchant, id, dryRun }: Settlement): Promise<void> {
  if (!dryRun) await runs.expect(merchant, id);
}

/** Asks to collect the invoices of a settlement that is done. */
export async function afterDone({ queue }: DoneStores, { merchant, id, dryRun }: Settlement): Promise<void> {
  if (!dryRun) await queue.askToOpen(merchant, id);
}
