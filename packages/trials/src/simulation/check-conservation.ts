import { type ConservationReport, reportConservation } from "@farthing/billing";
import { expectOk } from "@farthing/money";
import type { Blame } from "./check-answers.ts";
import { type CoveredEvent, type Customer, coveredEvents, windowsAtSeal } from "./expected-bill.ts";
import type { Window } from "./expected-terms.ts";
import { isInGroup, takes } from "./expected-values.ts";
import { chargeType } from "./rules.ts";
import type { Run } from "./run-story.ts";
import { hour } from "./spans.ts";
import type { Stretch } from "./wall-clock.ts";

const outcomes = ["billed", "free", "duplicate", "conflict", "unmetered", "voided", "open"] as const;

/** How many events came to what. */
type Counts = Record<(typeof outcomes)[number], number>;

/** The product's report. */
export async function readReport({ ports, merchant }: Run, range: Stretch): Promise<ConservationReport> {
  const { settling, rolls } = ports;
  return expectOk(await reportConservation({ ...settling, journal: rolls }, { merchant, ...range }));
}

/** The product's report says of every event what became of it, and so does the test by its own reckoning. */
export async function checkConservation(
  run: Run,
  customers: readonly Customer[],
  { range, blame }: { readonly range: Stretch; readonly blame: Blame },
): Promise<void> {
  const report = await readReport(run, range);
  const whole = { from: Math.floor(range.from / hour) * hour, to: Math.ceil(range.to / hour) * hour };
  const counts: Counts = { billed: 0, free: 0, duplicate: 0, conflict: 0, unmetered: 0, voided: 0, open: 0 };
  for (const customer of customers) countEvents(customer, whole, counts);
  for (const name of outcomes) {
    if (report[name] !== counts[name]) blame(`the report has ${report[name]} events ${name}, not ${counts[name]}`);
  }
  const accepted = outcomes.reduce((sum, name) => sum + counts[name], 0);
  if (report.gap !== 0 || report.accepted !== accepted)
    blame(`the report has a gap of ${report.gap}, and ${report.accepted} events for ${accepted}`);
}

function countEvents(customer: Customer, { from, to }: Stretch, counts: Counts): void {
  const { account, events } = customer;
  const within = (time: number) => time >= from && time < to;
  for (const { part, answered } of account.rows) {
    if ((part === "duplicate" || part === "conflict") && within(answered.time)) counts[part] += 1;
  }
  const last = account.seals.at(-1)?.number ?? 0;
  const covered = coveredEvents(customer, last).filter(({ time }) => within(time));
  const mine = events.filter(({ answered }) => within(answered.time));
  for (const { struck } of mine) if (struck !== undefined) counts[struck.verdict] += 1;
  const windows = windowsAtSeal(customer, last);
  for (const event of covered) counts[outcomeOf(windows, event)] += 1;
  counts.open += mine.filter(({ struck }) => struck === undefined).length - covered.length;
}

function outcomeOf(windows: readonly Window[], { event, time, meters }: CoveredEvent): keyof Counts {
  if (event.type === chargeType) return "billed";
  const taking = [...meters.values()].filter(({ rule }) => takes(rule, event));
  if (taking.length === 0) return "unmetered";
  const window = windows.find(({ from, to }) => time >= from && time < to);
  const priced = window?.plan.units.some(({ meter, group }) =>
    taking.some(({ rule }) => rule.key === meter && isInGroup(rule, event, group)),
  );
  return priced === true ? "billed" : "free";
}
