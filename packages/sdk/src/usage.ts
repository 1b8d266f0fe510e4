import type { Connection } from "./connection.ts";
import { getJson } from "./request-json.ts";

/** The step of a series. */
export type UsageWindow = "minute" | "hour" | "day" | "week" | "month" | "none";

/** Which usage, from (included) to (excluded). */
export interface UsageQuery {
  readonly meter: string;
  readonly customer?: string;
  readonly from: string;
  readonly to: string;
  readonly window?: UsageWindow;
  readonly groupBy?: readonly string[];
  readonly timezone?: string;
  /** Finds copies wherever they lie, as bills do. */
  readonly exact?: boolean;
}

/** The value of a meter in one step, for one customer and group where they were asked for. */
export interface UsageRow {
  readonly from: string;
  readonly to: string;
  readonly customer?: string;
  /** A value is null where the events have none of that name. */
  readonly group?: Readonly<Record<string, string | null>>;
  /** A decimal string, or null where the meter has no value without events. */
  readonly value: string | null;
}

/** A series of usage, as of a moment. */
export interface Usage {
  readonly meter: string;
  readonly from: string;
  readonly to: string;
  readonly window: UsageWindow;
  readonly groupBy: readonly string[];
  readonly rows: readonly UsageRow[];
  readonly asOf: string;
}

/** Usage as meters see it; the read is strong. */
export const usageCalls = (connection: Connection) => ({
  /** GET /v1/usage. */
  query: ({ groupBy, ...query }: UsageQuery): Promise<Usage> =>
    getJson(connection, "/v1/usage", { ...query, groupBy: groupBy?.join(",") }),
});
