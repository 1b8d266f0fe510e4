import type { EventQuery, Outcome, Verdict } from "@farthing/sdk";
import { type Range, readRange } from "./ranges.ts";
import type { QueryValues } from "./search.ts";

/** The verdicts, in the order in which they are offered. */
export const verdicts = [
  "counted",
  "duplicate",
  "conflict",
  "unmetered",
  "voided",
  "rejected",
] as const satisfies readonly Verdict[];

/** The parts of the conservation report, in its order. */
export const outcomes = [
  "billed",
  "free",
  "open",
  "duplicate",
  "conflict",
  "unmetered",
  "voided",
] as const satisfies readonly Outcome[];

/** What the address of the events page asks for. */
export interface EventChoice {
  readonly query: QueryValues;
  readonly live: boolean;
  readonly range: Range;
  readonly filter: EventQuery;
  /** The names of filters that are set, with their values, without the range. */
  readonly named: readonly (readonly [name: string, value: string])[];
}

/** Reads the address of the events page; a verdict or an outcome that there is not filters nothing. */
export function eventChoice(query: QueryValues, zone: string, now: string): EventChoice {
  const range = exactRange(query) ?? readRange(query, zone, now, "24h");
  const verdict = verdicts.find((each) => each === query.verdict);
  const outcome = outcomes.find((each) => each === query.outcome);
  const named = Object.entries({
    customer: query.customer,
    type: query.type,
    id: query.id,
    meter: query.meter,
    verdict,
    outcome,
  }).flatMap(([name, value]) => (value ? [[name, value] as const] : []));
  const cursor = query.cursor === undefined ? {} : { cursor: query.cursor };
  const filter = { ...Object.fromEntries(named), from: range.from, to: range.to, limit: 50, ...cursor };
  return { query, live: query.live === "1", range, filter, named };
}

/** A range of two moments, as the numbers of a report link to it. */
function exactRange({ since, until }: QueryValues): Range | undefined {
  if (!since || !until || !(Date.parse(since) < Date.parse(until))) return undefined;
  return { id: "custom", label: "Chosen time", from: since, to: until };
}

/** The address that shows what the link of a report lists: `/v1/events?from=…` as the page's own query. */
export function pageOfLink(link: string): QueryValues {
  const { from, to, ...rest } = Object.fromEntries(new URLSearchParams(link.split("?")[1] ?? ""));
  return { ...rest, ...(from === undefined ? {} : { since: from }), ...(to === undefined ? {} : { until: to }) };
}
