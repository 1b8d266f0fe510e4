import type { Connection } from "./connection.ts";
import { getJson } from "./request-json.ts";
import type { Outcome } from "./seen-events.ts";

/** From (included) to (excluded); of one customer or meter, or apart for each. */
export interface ReportQuery {
  readonly from: string;
  readonly to: string;
  readonly customer?: string;
  /** Of one meter, over 31 days at most. */
  readonly meter?: string;
  readonly groupBy?: "customer" | "meter";
}

/** Counts of events: accepted = billed + free + duplicate + conflict + unmetered + voided + open. */
export interface OutcomeCounts extends Readonly<Record<Outcome, number>> {
  readonly accepted: number;
}

/** One customer's or meter's part; `events` is the address that lists what is behind it, with `&outcome=` any one number. */
export interface ConservationGroup extends OutcomeCounts {
  readonly customer?: string;
  readonly meter?: string;
  readonly gap?: number;
  readonly quantities?: Readonly<Record<Outcome, string | null>>;
  readonly events: string;
}

/** What the hourly check last found: every hour before `through` was checked. */
export interface ConservationCheck {
  readonly through: string;
  readonly checkedAt: string;
  readonly gaps: readonly { readonly from: string; readonly to: string; readonly gap: number }[];
}

/** What became of the events of a range; `gap` is what is missing, and zero. */
export interface Conservation extends OutcomeCounts {
  readonly from: string;
  readonly to: string;
  readonly gap: number;
  /** Of the open ones, those of bundles that cannot be read. */
  readonly quarantined: number;
  /** Refused events by receipt, of the last 35 days. */
  readonly rejected?: number;
  readonly check?: ConservationCheck;
  readonly events: string;
  readonly groups?: readonly ConservationGroup[];
}

/** Reports. */
export const reportCalls = (connection: Connection) => ({
  /** GET /v1/reports/conservation, part by part where it is too much for one answer. */
  async conservation(query: ReportQuery): Promise<Conservation> {
    const groups: ConservationGroup[] = [];
    for (let cursor: string | undefined; ; ) {
      const asked = { ...query, ...(cursor === undefined ? {} : { cursor }) };
      const { nextCursor, ...report }: Part = await getJson(connection, "/v1/reports/conservation", asked);
      groups.push(...(report.groups ?? []));
      if (nextCursor === undefined) return report.groups === undefined ? report : { ...report, groups };
      cursor = nextCursor;
    }
  },
});

/** What one answer has; only the last has the sums of all. */
interface Part extends Conservation {
  readonly nextCursor?: string;
}
