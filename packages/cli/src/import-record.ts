import type { PreparedEvent } from "@farthing/sdk";

/** An event made from a file, ready to be sent. */
export interface ImportEvent extends PreparedEvent {
  readonly line: number;
  readonly customer: string;
  /** A size that the dry run adds up, where the format has one. */
  readonly sizeBytes?: bigint;
}

/** Why a line gave no event. */
export interface LineProblem {
  readonly line: number;
  readonly code: string;
  readonly message: string;
}

/** What a stretch of a file came to: an event, or the reason why there is none. */
export type ImportRecord = {
  readonly start: number;
  readonly end: number;
  /** The last line of the stretch. */
  readonly line: number;
} & (
  | { readonly event: ImportEvent; readonly problem?: never }
  | { readonly problem: LineProblem; readonly event?: never }
);

/** How lines become events. */
export interface EventDefaults {
  /** The start of the ids of events that have none of their own; the line number follows. */
  readonly idPrefix: string;
  readonly type?: string;
  readonly source?: string;
}

/** A stretch of a file that gave no event: `number` is its first line. */
export function problemRecord(
  place: { start: number; end: number; number: number; lastLine?: number },
  message: string,
): ImportRecord {
  const { start, end, number, lastLine: line = number } = place;
  return { start, end, line, problem: { line: number, code: "unreadable", message } };
}
