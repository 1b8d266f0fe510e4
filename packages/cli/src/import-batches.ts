import type { ImportEvent, ImportRecord, LineProblem } from "./import-record.ts";
import { type DoneSpan, type ImportState, isDone } from "./import-state.ts";

/** A stretch of the file that is sent and acknowledged as one. */
export interface ImportBatch {
  readonly span: DoneSpan;
  readonly events: readonly ImportEvent[];
  readonly problems: readonly LineProblem[];
}

/** How large a batch may grow. */
export interface ImportBatchSize {
  readonly events: number;
  readonly bytes: number;
}

const mostProblems = 1_000;

/** Cuts what is left of an import into batches, in the order of the file. */
export async function* importBatches(
  records: AsyncIterable<ImportRecord>,
  state: ImportState,
  size: ImportBatchSize,
): AsyncGenerator<ImportBatch, void> {
  let start = state.offset;
  let bytes = 0;
  let last: ImportRecord | undefined;
  let events: ImportEvent[] = [];
  let problems: LineProblem[] = [];

  const cut = (end: ImportRecord): ImportBatch => {
    const batch = { span: { start, end: end.end, line: end.line }, events, problems };
    start = end.end;
    bytes = 0;
    last = undefined;
    events = [];
    problems = [];
    return batch;
  };

  for await (const record of records) {
    if (isDone(state, record.start)) continue;
    const { event, problem } = record;
    const isFull =
      events.length >= size.events || problems.length >= mostProblems || bytes + (event?.bytes ?? 0) > size.bytes;
    if (isFull && last !== undefined) yield cut(last);
    if (event !== undefined) events.push(event);
    if (problem !== undefined) problems.push(problem);
    bytes += event?.bytes ?? 0;
    last = record;
  }
  if (last !== undefined) yield cut(last);
}
