import type { Connection } from "./connection.ts";
import { getJson } from "./request-json.ts";

/** From (included) to (excluded). */
export interface ReportQuery {
  readonly from: string;
  readonly to: string;
}

/** Counts of events: accepted = billed + free + duplicate + conflict + unmetered + voided + open + gap, and the gap is zero. */
export interface Conservation {
  readonly from: string;
  readonly to: string;
  readonly accepted: number;
  readonly billed: number;
  readonly free: number;
  readonly duplicate: number;
  readonly conflict: number;
  readonly unmetered: number;
  readonly voided: number;
  readonly open: number;
  readonly gap: number;
}

/** Reports. */
export const reportCalls = (connection: Connection) => ({
  /** GET /v1/reports/conservation. */
  conservation: (query: ReportQuery): Promise<Conservation> =>
    getJson(connection, "/v1/reports/conservation", { ...query }),
});
