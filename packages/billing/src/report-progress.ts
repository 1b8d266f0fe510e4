import { type CustomerId, customerId } from "@farthing/money";
import * as v from "valibot";
import { type EventCounts, outcomes } from "./customer-conservation.ts";

/** How far a report has come that is read in parts: who was counted last, and all counts up to there. */
export interface ReportProgress {
  readonly after: CustomerId;
  /** As bundles said it before anybody was counted. */
  readonly accepted: number;
  readonly quarantined: number;
  readonly counts: Readonly<EventCounts>;
}

const Count = v.pipe(v.number(), v.integer(), v.minValue(0));

const Progress = v.pipe(
  v.string(),
  v.parseJson(),
  v.strictObject({
    after: v.pipe(v.string(), v.transform(customerId)),
    accepted: Count,
    quarantined: Count,
    counts: v.strictObject(v.entriesFromList(outcomes, Count)),
  }),
);

/** A progress as text. */
export function progressText(progress: ReportProgress): string {
  return JSON.stringify(progress);
}

/** Reads a progress that `progressText` wrote. Errors: throws on any other text. */
export function parseProgress(text: string): ReportProgress {
  return v.parse(Progress, text);
}
