import type { ImportRecord, LineProblem } from "./import-record.ts";

/** What an import would send. */
export interface DryRun {
  readonly events: number;
  readonly customers: number;
  readonly from?: string;
  readonly to?: string;
  /** Digits: the sum of the sizes, where the format has one. */
  readonly bytes?: string;
  readonly problems: Readonly<Record<string, number>>;
}

/** Reads everything and sends nothing. */
export async function dryRun(
  records: AsyncIterable<ImportRecord>,
  onProblem: (problem: LineProblem) => void,
): Promise<DryRun> {
  const customers = new Set<string>();
  const problems: Record<string, number> = {};
  let events = 0;
  let bytes: bigint | undefined;
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

  for await (const { event, problem } of records) {
    if (problem !== undefined) {
      problems[problem.code] = (problems[problem.code] ?? 0) + 1;
      onProblem(problem);
      continue;
    }
    events++;
    customers.add(event.customer);
    if (event.sizeBytes !== undefined) bytes = (bytes ?? 0n) + event.sizeBytes;
    if (event.timeMs !== 0) [first, last] = [Math.min(first, event.timeMs), Math.max(last, event.timeMs)];
  }
  const range = first <= last ? { from: new Date(first).toISOString(), to: new Date(last).toISOString() } : {};
  const size = bytes === undefined ? {} : { bytes: bytes.toString() };
  return { events, customers: customers.size, ...range, ...size, problems };
}
