/** How events and lines of an import ended so far. */
export interface ImportCounts {
  readonly accepted: number;
  /** How many of the accepted are exact copies within their request. */
  readonly duplicates: number;
  /** Lines without an event and events that were refused, by code. */
  readonly problems: Readonly<Record<string, number>>;
  readonly warnings: Readonly<Record<string, number>>;
}

/** A stretch of the file that is dealt with, up to the end of a line. */
export interface DoneSpan {
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

/** How far an import is: all before `offset` is acknowledged, and so are the spans beyond it. Plain JSON, kept in a file. */
export interface ImportState {
  readonly version: 1;
  /** What is imported, where to and how; another import has another. */
  readonly import: string;
  readonly offset: number;
  readonly line: number;
  readonly done: readonly DoneSpan[];
  readonly counts: ImportCounts;
}

/** Nothing has been counted yet. */
export const noCounts: ImportCounts = { accepted: 0, duplicates: 0, problems: {}, warnings: {} };

/** The state of an import that has not begun. */
export function newImportState(name: string): ImportState {
  return { version: 1, import: name, offset: 0, line: 0, done: [], counts: noCounts };
}

/** Adds a stretch that is dealt with, and what it came to. The order in which stretches are added makes no difference. */
export function acknowledge(state: ImportState, span: DoneSpan, counts: ImportCounts): ImportState {
  let { offset, line } = state;
  const beyond: DoneSpan[] = [];
  for (const one of [...state.done, span].sort((a, b) => a.start - b.start)) {
    if (one.start > offset) beyond.push(one);
    else if (one.end > offset) ({ end: offset, line } = one);
  }
  return { ...state, offset, line, done: beyond, counts: addCounts(state.counts, counts) };
}

/** Whether a place in the file is dealt with. */
export function isDone({ offset, done }: ImportState, place: number): boolean {
  return place < offset || done.some(({ start, end }) => place >= start && place < end);
}

/** How many bytes of the file are dealt with. */
export function doneBytes({ offset, done }: ImportState): number {
  return done.reduce((sum, { start, end }) => sum + end - Math.max(start, offset), offset);
}

/** How many lines gave no event and how many events were refused. */
export function problemCount({ problems }: ImportCounts): number {
  return Object.values(problems).reduce((sum, count) => sum + count, 0);
}

/** Counts things by their code. */
export function tally(things: Iterable<{ readonly code: string }>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { code } of things) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

function addCounts(a: ImportCounts, b: ImportCounts): ImportCounts {
  return {
    accepted: a.accepted + b.accepted,
    duplicates: a.duplicates + b.duplicates,
    problems: addTallies(a.problems, b.problems),
    warnings: addTallies(a.warnings, b.warnings),
  };
}

function addTallies(a: ImportCounts["problems"], b: ImportCounts["problems"]): Record<string, number> {
  const sum = { ...a };
  for (const [code, count] of Object.entries(b)) sum[code] = (sum[code] ?? 0) + count;
  return sum;
}
