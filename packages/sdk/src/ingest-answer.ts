/** An event that the API refused, by its place in the request. */
export interface Rejection {
  readonly index: number;
  readonly id?: string;
  readonly code: string;
  readonly message: string;
}

/** Something that people should know about an event that was kept. */
export interface Warning {
  readonly index: number;
  readonly code: string;
  readonly message: string;
}

/** What the API answers to a batch of events. The lists hold at most 1,000; the counts are whole. */
export interface IngestAnswer {
  readonly accepted: number;
  /** Exact copies within the request. Copies of what came before are found later, and billed once. */
  readonly duplicates: number;
  readonly receivedAt: string;
  readonly rejected: readonly Rejection[];
  readonly rejectedCount: number;
  readonly warnings: readonly Warning[];
  readonly warningCount: number;
  /** Under a backfill's name: whether the events wait there, or were taken at once since nobody opened it. */
  readonly backfill?: { readonly name: string; readonly staged: boolean };
}

/** Reads the answer to a batch, or finds that this is not one: then nothing may be counted as accepted. */
export function readIngestAnswer(body: unknown): IngestAnswer | undefined {
  if (typeof body !== "object" || body === null) return undefined;
  const given = body as Partial<IngestAnswer>;
  if (typeof given.accepted !== "number" || !Array.isArray(given.rejected)) return undefined;
  return {
    accepted: given.accepted,
    duplicates: given.duplicates ?? 0,
    receivedAt: given.receivedAt ?? "",
    rejected: given.rejected,
    rejectedCount: given.rejectedCount ?? given.rejected.length,
    warnings: Array.isArray(given.warnings) ? given.warnings : [],
    warningCount: given.warningCount ?? given.warnings?.length ?? 0,
    ...(given.backfill === undefined ? {} : { backfill: given.backfill }),
  };
}
