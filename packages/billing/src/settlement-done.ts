import type { CollectionQueue, CollectionRuns } from "./collection.ts";
import type { Settlement } from "./settlement.ts";

/** What hears that settlements are done. */
export interface DoneStores {
  readonly runs: Pick<CollectionRuns, "expect">;
  readonly queue: Pick<CollectionQueue, "askToOpen">;
}

interface Hearing {
  readonly collecting?: DoneStores | undefined;
}

/** Notes, before a settlement is closed, that its invoices are to be collected: a message that is lost after it is asked again. */
export async function beforeDone({ collecting }: Hearing, { merchant, id, dryRun }: Settlement): Promise<void> {
  if (!dryRun) await collecting?.runs.expect(merchant, id);
}

/** Asks to collect the invoices of a settlement that is done. */
export async function afterDone({ collecting }: Hearing, { merchant, id, dryRun }: Settlement): Promise<void> {
  if (!dryRun) await collecting?.queue.askToOpen(merchant, id);
}
