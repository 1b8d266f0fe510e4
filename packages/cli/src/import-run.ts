import { type Connection, type Delivery, deliverEvents, FarthingError } from "@farthing/sdk";
import { type ImportBatch, type ImportBatchSize, importBatches } from "./import-batches.ts";
import type { ImportJournal } from "./import-journal.ts";
import type { ImportEvent, ImportRecord, LineProblem } from "./import-record.ts";
import { acknowledge, type ImportState, tally } from "./import-state.ts";

/** What an import runs with. */
export interface ImportRun {
  readonly connection: Connection;
  readonly journal: ImportJournal;
  readonly batch: ImportBatchSize;
  /** Batches on their way at once. */
  readonly concurrency: number;
  readonly backfill: string | undefined;
  /** Makes sure of a batch's customers before its events are sent. */
  readonly prepare: (events: readonly ImportEvent[]) => Promise<void>;
  readonly onStep: (state: ImportState, problems: readonly LineProblem[]) => void;
}

/** How an import ended: whole, or stopped by an error, to be gone on with. */
export interface ImportEnd {
  readonly state: ImportState;
  readonly error?: FarthingError;
  /** Its events wait under an open backfill. */
  readonly staged: boolean;
}

/**
 * Sends what is left of an import, and notes each batch once the API has judged it. It stops at the first batch that cannot be
 * delivered, after those on their way have ended; what is not noted is sent again by the next run, with the same bytes.
 */
export async function runImport(
  records: AsyncIterable<ImportRecord>,
  start: ImportState,
  run: ImportRun,
): Promise<ImportEnd> {
  let state = start;
  let failure: unknown;
  let staged = false;
  const under = new Set<Promise<void>>();

  const send = async (batch: ImportBatch): Promise<void> => {
    await run.prepare(batch.events);
    const delivery = batch.events.length === 0 ? undefined : await deliver(batch, run);
    staged ||= delivery?.staged === true;
    if (delivery?.error) throw delivery.error;
    const problems = [...batch.problems, ...(delivery?.rejected.map(problemOf) ?? [])].sort((a, b) => a.line - b.line);
    state = acknowledge(state, batch.span, {
      accepted: delivery?.accepted ?? 0,
      duplicates: delivery?.duplicates ?? 0,
      problems: tally(problems),
      warnings: tally(delivery?.warnings ?? []),
    });
    run.journal.commit(state, problems);
    run.onStep(state, problems);
  };

  for await (const batch of importBatches(records, start, run.batch)) {
    const sending = send(batch)
      .catch((cause: unknown) => {
        failure ??= cause;
      })
      .finally(() => under.delete(sending));
    under.add(sending);
    if (under.size >= run.concurrency) await Promise.race(under);
    if (failure !== undefined) break;
  }
  await Promise.all(under);
  if (failure === undefined) return { state, staged };
  if (failure instanceof FarthingError) return { state, staged, error: failure };
  throw failure;
}

function deliver({ events }: ImportBatch, { connection, backfill }: ImportRun): Promise<Delivery<ImportEvent>> {
  return deliverEvents(connection, events, backfill === undefined ? {} : { backfill });
}

function problemOf({ event, code, message }: Delivery<ImportEvent>["rejected"][number]): LineProblem {
  return { line: event.line, code, message };
}
