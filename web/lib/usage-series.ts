import type { UsageRow } from "@farthing/sdk";
import { compare, sum } from "./decimal.ts";

/** A row of the API's usage answer, as far as a chart reads it. */
export type MeasuredRow = Pick<UsageRow, "from" | "customer" | "group" | "value">;

/** One named part of the usage, with its total over the range. */
export interface Series {
  readonly label: string;
  readonly total: string;
}

/** One window of the range: a value for each series, in their order, and their sum. */
export interface Point {
  readonly from: string;
  readonly to: string;
  readonly values: readonly string[];
  readonly total: string;
}

/** What a chart and its table show: the same numbers, folded once. */
export interface UsageSeries {
  readonly series: readonly Series[];
  readonly points: readonly Point[];
  readonly total: string;
  readonly busiest?: Point;
}

/** How rows become series. */
export interface FoldOptions {
  readonly windows: readonly { readonly from: string; readonly to: string }[];
  /** The name that rows are grouped by: `customer`, or a property of the meter's groups. */
  readonly by?: string | undefined;
  /** Groups beyond this number become one, so that the parts still add up. */
  readonly most: number;
  /** What the only series is called where nothing is grouped. */
  readonly label: string;
}

/** The name of what the largest groups leave over. */
export const otherLabel = "Other";

/** Folds the rows of a usage answer into windows and series, exactly; the largest groups keep their names. */
export function foldUsage(rows: readonly MeasuredRow[], options: FoldOptions): UsageSeries {
  const labels = new Map<string, MeasuredRow[]>();
  for (const row of rows) push(labels, groupLabel(row, options), row);
  const ranked = [...labels]
    .map(([label, own]) => ({ label, total: totalOf(own), rows: own }))
    .sort((left, right) => compare(right.total, left.total) || (left.label < right.label ? -1 : 1));

  const kept = ranked.slice(0, options.most);
  const rest = ranked.slice(options.most).flatMap((entry) => entry.rows);
  const other = { label: otherLabel, total: totalOf(rest), rows: rest };
  const series = rest.length > 0 ? [...kept, other] : kept;
  const points = pointsOf(series, options.windows);
  const busiest = points.reduce<Point | undefined>(
    (most, point) => (compare(point.total, most?.total ?? "0") > 0 ? point : most),
    undefined,
  );
  return {
    series: series.map(({ label, total }) => ({ label, total })),
    points,
    total: sum(series.map(({ total }) => total)),
    ...(busiest ? { busiest } : {}),
  };
}

/** A meter without a value in a window adds nothing. */
function totalOf(rows: readonly MeasuredRow[]): string {
  return sum(rows.map(({ value }) => value ?? "0"));
}

function groupLabel(row: MeasuredRow, { by, label }: FoldOptions): string {
  if (by === undefined) return label;
  return (by === "customer" ? row.customer : row.group?.[by]) || "(none)";
}

function pointsOf(
  series: readonly { readonly rows: readonly MeasuredRow[] }[],
  windows: FoldOptions["windows"],
): Point[] {
  const starts = windows.map(({ from }) => Date.parse(from));
  const cells = series.map(({ rows }) => {
    const byWindow = new Map<number, string[]>();
    for (const row of rows) push(byWindow, windowAt(starts, Date.parse(row.from)), row.value ?? "0");
    return byWindow;
  });
  return windows.map((window, index) => {
    const values = cells.map((byWindow) => sum(byWindow.get(index) ?? []));
    return { from: window.from, to: window.to, values, total: sum(values) };
  });
}

/** The last window that starts at or before a moment; rows may be cut short by the range, so starts need not be equal. */
function windowAt(starts: readonly number[], at: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? Number.POSITIVE_INFINITY) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

function push<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
