import { csvText } from "./csv.ts";

/** What of a usage answer is written. */
interface ShownUsage {
  readonly meter: string;
  readonly from: string;
  readonly groupBy: readonly string[];
  readonly rows: readonly {
    readonly from: string;
    readonly to: string;
    readonly customer?: string | undefined;
    readonly group?: Readonly<Record<string, string | null>> | undefined;
    readonly value: string | null;
  }[];
}

/** A usage answer as a file. */
interface UsageFile {
  readonly name: string;
  readonly mediaType: string;
  readonly content: string;
}

const mediaType = "text/csv; charset=utf-8; header=present";

/**
 * Writes a usage answer as CSV: a header, then a line for each row. Groups have a column each, `group.<path>`; a group or a
 * value that is not there is an empty cell.
 *
 * Source: RFC 4180.
 */
export function usageCsv({ meter, from, groupBy, rows }: ShownUsage): UsageFile {
  const heads = groupBy.map((path) => (path === "customer" ? path : `group.${path}`));
  const lines = rows.map((row) => {
    const names = groupBy.map((path) => (path === "customer" ? row.customer : row.group?.[path]) ?? "");
    return [row.from, row.to, ...names, row.value ?? ""];
  });
  const content = csvText([["from", "to", ...heads, "value"], ...lines]);
  return { name: `usage-${meter}-${from.slice(0, 10)}.csv`, mediaType, content };
}
