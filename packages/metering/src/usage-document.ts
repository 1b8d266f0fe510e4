import { err, formatDecimal, ok, type Result } from "@farthing/money";
import { queryUsage, type UnknownGroup, type UnknownMeter, type UsagePorts, type UsageQuery } from "./usage.ts";
import type { TooManyWindows, UnknownTimezone } from "./windows.ts";

/** A range of time that holds nothing. */
export interface EmptyRange {
  readonly code: "invalid_range";
  readonly detail: string;
}

/** A usage answer as the API shows it. */
export interface UsageDocument {
  readonly meter: string;
  readonly from: string;
  readonly to: string;
  readonly window: string;
  readonly groupBy: readonly string[];
  readonly rows: readonly {
    readonly from: string;
    readonly to: string;
    readonly customer?: string;
    readonly group?: Readonly<Record<string, string | null>>;
    readonly value: string | null;
  }[];
  readonly asOf: string;
}

/** Answers a usage query in the API's words: times as RFC 3339, values as decimal text. Errors: `invalid_range`, and those of the query. */
export async function usageDocument(
  ports: UsagePorts,
  query: Omit<UsageQuery, "groupBy"> & { readonly groupBy?: readonly string[] | undefined },
): Promise<Result<UsageDocument, EmptyRange | UnknownMeter | UnknownGroup | UnknownTimezone | TooManyWindows>> {
  if (query.to <= query.from) return err({ code: "invalid_range", detail: "`from` has to lie before `to`." });
  const { groupBy = [] } = query;
  const usage = await queryUsage(ports, { ...query, groupBy });
  if (!usage.ok) return usage;
  const { meter, rows, asOf } = usage.value;
  const shown = rows.map(({ value, from, to, ...row }) => ({
    from: timeText(from),
    to: timeText(to),
    ...row,
    value: value === null ? null : formatDecimal(value),
  }));
  return ok({
    meter,
    from: timeText(query.from),
    to: timeText(query.to),
    window: query.window,
    groupBy,
    rows: shown,
    asOf: timeText(asOf),
  });
}

function timeText(instantMs: number): string {
  return new Date(instantMs).toISOString();
}
