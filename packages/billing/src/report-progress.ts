import { type CustomerId, parseCustomerId } from "@farthing/money";
import * as v from "valibot";
import type { EventCounts } from "./customer-conservation.ts";

/** How far a report has come that is read in parts: who was counted last, and all counts up to there. */
export interface ReportProgress {
  /** What the report is of: a cursor goes on with that alone. */
  readonly of: string;
  readonly after: CustomerId;
  /** As bundles said it before anybody was counted. */
  readonly accepted: number;
  readonly quarantined: number;
  readonly counts: Readonly<EventCounts>;
}

const Count = v.pipe(v.number(), v.integer(), v.minValue(0));

const Cursor = v.pipe(
  v.string(),
  v.maxLength(2_000),
  v.transform((text) => Buffer.from(text, "base64url").toString()),
  v.parseJson(),
  v.strictObject({
    of: v.string(),
    after: v.pipe(
      v.string(),
      v.rawTransform(({ dataset, addIssue, NEVER }): CustomerId => {
        const id = parseCustomerId(dataset.value);
        if (id.ok) return id.value;
        addIssue({ message: "no customer" });
        return NEVER;
      }),
    ),
    accepted: Count,
    quarantined: Count,
    counts: v.strictObject({
      billed: Count,
      free: Count,
      duplicate: Count,
      conflict: Count,
      unmetered: Count,
      voided: Count,
      open: Count,
    }),
  }),
);

/** A progress as a cursor's text. */
export function progressText(progress: ReportProgress): string {
  return Buffer.from(JSON.stringify(progress)).toString("base64url");
}

/** Reads a cursor; undefined for any other text, and for one of another report. */
export function parseProgress(text: string, of: string): ReportProgress | undefined {
  const parsed = v.safeParse(Cursor, text);
  return parsed.success && parsed.output.of === of ? parsed.output : undefined;
}
