import { type Backfill, type StagedCounts, shownStatus } from "./backfill.ts";

/** A backfill as the API shows it; what it holds is left out of lists while it is open. */
export interface BackfillDocument {
  readonly name: string;
  readonly status: "open" | "committing" | "committed" | "dropped";
  readonly events?: number;
  readonly customers?: number;
  /** Event times of the first and the last. */
  readonly from?: string;
  readonly to?: string;
  readonly createdAt: string;
  readonly closedAt?: string;
  readonly finishedAt?: string;
}

/** Shows a backfill, by what it held when it closed or by what was counted now. */
export function backfillDocument(backfill: Backfill, counted?: StagedCounts): BackfillDocument {
  const { name, status, createdAt, closedAt, finishedAt } = backfill;
  return {
    name,
    status: shownStatus(status),
    ...holds(backfill.counts ?? counted),
    createdAt: timeText(createdAt),
    ...(closedAt === undefined ? {} : { closedAt: timeText(closedAt) }),
    ...(finishedAt === undefined ? {} : { finishedAt: timeText(finishedAt) }),
  };
}

function holds(counts: StagedCounts | undefined): Pick<BackfillDocument, "events" | "customers" | "from" | "to"> {
  if (counts === undefined) return {};
  const { events, customers, first, last } = counts;
  const from = first === undefined ? {} : { from: timeText(first) };
  return { events, customers, ...from, ...(last === undefined ? {} : { to: timeText(last) }) };
}

function timeText(instantMs: number): string {
  return new Date(instantMs).toISOString();
}
