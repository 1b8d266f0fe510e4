import type { TimeRange } from "@farthing/metering";
import { type Interval, overriddenPlan, type Phase, type Plan, phasePrices } from "@farthing/pricing";
import { Temporal } from "temporal-polyfill";
import type { ChargeStretch, ChargeWindow } from "./charge-window.ts";
import { intersect, isEmpty } from "./coverage.ts";

const units: Readonly<Record<Interval, { readonly days: number } | { readonly months: number }>> = {
  day: { days: 1 },
  week: { days: 7 },
  month: { months: 1 },
  quarter: { months: 3 },
  year: { months: 12 },
};

/**
 * When each phase of a plan ends for a subscription whose phases begin at an instant: as clocks in its zone show it, each
 * counted from the beginning itself, months before days, so that a 31st does not drift. Units: milliseconds.
 */
export function phaseEnds(
  phases: readonly Pick<Phase, "duration">[],
  begin: number,
  timezone: string,
): readonly number[] {
  const start = Temporal.Instant.fromEpochMilliseconds(begin).toZonedDateTimeISO(timezone);
  let [months, days] = [0, 0];
  return phases.map(({ duration: { interval, count } }) => {
    const unit = units[interval];
    if ("months" in unit) months += unit.months * count;
    else days += unit.days * count;
    return start.add({ months, days }).epochMilliseconds;
  });
}

interface Segment extends TimeRange {
  readonly phase?: Phase;
}

function segmentsOf(
  plan: Plan,
  { phasesFrom, timezone }: { phasesFrom: number; timezone: string },
): readonly Segment[] {
  const phases = plan.phases ?? [];
  const ends = phaseEnds(phases, phasesFrom, timezone);
  const begins = [Number.NEGATIVE_INFINITY, ...ends];
  const all = phases.map((phase, index) => ({
    phase,
    from: begins[index] ?? Number.NEGATIVE_INFINITY,
    to: ends[index] ?? Number.NEGATIVE_INFINITY,
  }));
  return [...all, { from: ends.at(-1) ?? Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }];
}

/** Cuts a stretch in which a subscription charges at the ends of its plan's phases, each with the prices that hold in it for the customer. */
export function phaseWindows(stretch: ChargeStretch, listed: Plan): readonly ChargeWindow[] {
  const { start, phasesFrom = start, timezone, overrides } = stretch.subscription;
  const plan = overrides === undefined ? listed : overriddenPlan(listed, overrides);
  return segmentsOf(plan, { phasesFrom, timezone }).flatMap((segment): readonly ChargeWindow[] => {
    const { from, to } = intersect(stretch, segment);
    if (isEmpty({ from, to })) return [];
    const { phase } = segment;
    // What is owed beyond the stretch, up to the end of a period, is owed at the prices that held at its end.
    const fees = {
      from: from === stretch.from ? stretch.fees.from : Math.max(from, stretch.fees.from),
      to: to === stretch.to ? stretch.fees.to : Math.min(to, stretch.fees.to),
    };
    const cut = { ...stretch, stretch: stretch.key, from, to, fees };
    if (phase === undefined) return [{ ...cut, plan }];
    const prices = phasePrices(plan.prices, phase);
    return [{ ...cut, key: `${stretch.key}/${phase.key}`, plan: { ...plan, prices } }];
  });
}
