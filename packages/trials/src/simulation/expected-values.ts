import { dataText, type SentEvent } from "./facts.ts";
import { compared, type Fraction, fractionOf, halfEven, nought, over, plus, times, total } from "./fraction.ts";
import type { ConditionRule, FilterRule, MeterRule, TimedEvent } from "./rules.ts";
import { type Stretch, stretchesOf } from "./wall-clock.ts";

/** An event that a meter takes, with its value as text and, where that is a number, as a number. */
interface Sample extends TimedEvent {
  readonly text: string;
  readonly value: Fraction;
}

/**
 * Which window a value is for: the stretch that is measured, the whole that times are divided by, and the events before it,
 * which some aggregations carry into it.
 */
export interface Measured {
  readonly held: Stretch;
  readonly whole: Stretch;
  readonly before: readonly TimedEvent[];
  /** Whose clocks tell its days. */
  readonly zone: string;
}

/** What an aggregation makes of the events that a meter takes; null where it has no value. */
type Fold = (
  samples: readonly Sample[],
  window: Omit<Measured, "before"> & { readonly before: readonly Sample[] },
) => Fraction | null;

const numberOf = (count: number): Fraction => ({ top: BigInt(count), bottom: 1n });
const sumOf = (samples: readonly Sample[]) => total(samples.map(({ value }) => value));

const folds: Readonly<Record<MeterRule["aggregation"], Fold>> = {
  count: (samples) => numberOf(samples.length),
  sum: sumOf,
  max: (samples) => last(samples, (a, b) => compared(a.value, b.value)),
  min: (samples) => last(samples, (a, b) => compared(b.value, a.value)),
  latest: (samples) => last(samples, later),
  unique_count: (samples) => numberOf(new Set(samples.map(({ text }) => text)).size),
  average: (samples) => (samples.length === 0 ? null : divided(over(sumOf(samples), numberOf(samples.length)))),
  sum_prorated: (samples, { held, whole, before, zone }) => {
    const days = daysIn(held, zone);
    const shares = samples.map(({ value, time }) => times(value, numberOf(days.filter((day) => day.to > time).length)));
    const carried = times(sumOf(before), numberOf(days.length));
    return divided(over(plus(total(shares), carried), numberOf(daysIn(whole, zone).length)));
  },
  unique_count_prorated: (samples, { held, whole, before, zone }) => {
    const days = daysIn(held, zone);
    // Nothing takes a value away here, so it is there on every day from its first one on.
    const first = new Map<string, number>();
    for (const { text, time } of [...before, ...samples])
      first.set(text, Math.min(time, first.get(text) ?? Number.POSITIVE_INFINITY));
    const present = [...first.values()].map((time) => days.filter((day) => day.to > time).length);
    const sum = present.reduce((a, b) => a + b, 0);
    return divided(over(numberOf(sum), numberOf(daysIn(whole, zone).length)));
  },
  weighted_sum: (samples, { held, whole, before }) => {
    const inside = samples.map(({ value, time }) => times(value, numberOf(held.to - time)));
    const carried = times(sumOf(before), numberOf(held.to - held.from));
    return divided(over(plus(total(inside), carried), numberOf(whole.to - whole.from)));
  },
};

/** The days that a stretch touches. */
function daysIn(stretch: Stretch, zone: string): readonly Stretch[] {
  return stretchesOf(stretch, "day", zone);
}

/** The value of the sample that comes last in an order. */
function last(samples: readonly Sample[], order: (a: Sample, b: Sample) => number): Fraction | null {
  return samples.toSorted(order).at(-1)?.value ?? null;
}

function later(a: Sample, b: Sample): number {
  if (a.time !== b.time) return a.time - b.time;
  if (a.event.id !== b.event.id) return a.event.id < b.event.id ? -1 : 1;
  return compared(a.value, b.value);
}

/** Divided once: 18 decimals, half to even. */
function divided(value: Fraction): Fraction {
  const scale = 10n ** 18n;
  return { top: halfEven({ top: value.top * scale, bottom: value.bottom }), bottom: scale };
}

/** A meter's value over the events of a window, whichever they are: those that it does not take are left out. */
export function meterValue(events: readonly TimedEvent[], rule: MeterRule, window: Measured): Fraction | null {
  const samples = (all: readonly TimedEvent[]) => all.flatMap((event) => sampleOf(event, rule) ?? []);
  return folds[rule.aggregation](samples(events), { ...window, before: samples(window.before) });
}

/** Whether a meter takes an event: its type, its filter, and a value of the kind that the aggregation needs. */
export function takes(rule: MeterRule, event: SentEvent): boolean {
  return sampleOf({ event, time: 0 }, rule) !== undefined;
}

function sampleOf({ event, time }: TimedEvent, rule: MeterRule): Sample | undefined {
  const { eventType, aggregation, value: path = "", filter } = rule;
  if (event.type !== eventType || (filter !== undefined && !passes(filter, event))) return undefined;
  if (aggregation === "count") return { event, time, text: "", value: nought };
  const text = dataText(event.data[path]);
  if (text === undefined) return undefined;
  const value = aggregation.startsWith("unique_count") ? nought : fractionOf(text);
  return value === undefined ? undefined : { event, time, text, value };
}

function passes({ conditions, or }: FilterRule, event: SentEvent): boolean {
  if (or !== undefined && !or.some((part) => passes(part, event))) return false;
  return Object.entries(conditions).every(([path, condition]) => holds(condition, dataText(event.data[path])));
}

const bounds = [
  ["gt", (order: number) => order > 0],
  ["gte", (order: number) => order >= 0],
  ["lt", (order: number) => order < 0],
  ["lte", (order: number) => order <= 0],
] as const;

function holds(condition: ConditionRule, text: string | undefined): boolean {
  if (typeof condition === "string") return text === condition;
  const { eq, in: list, not, exists } = condition;
  if (eq !== undefined && text !== eq) return false;
  if (list !== undefined && (text === undefined || !list.includes(text))) return false;
  if (not !== undefined && text === not) return false;
  if (exists !== undefined && (text !== undefined) !== exists) return false;
  return bounds.every(([name, isRight]) => {
    const [bound, value] = [condition[name], fractionOf(text ?? "")];
    if (bound === undefined) return true;
    return value !== undefined && isRight(compared(value, fractionOf(bound) ?? nought));
  });
}

/** What an event shows for a group path; null where the meter is not grouped by it, or the event has nothing there. */
export function groupOf(rule: MeterRule, event: SentEvent, path: string): string | null {
  return rule.groupBy.includes(path) ? (dataText(event.data[path]) ?? null) : null;
}

/** Whether an event has all the group values that are asked for. */
export function isInGroup(rule: MeterRule, event: SentEvent, group: Readonly<Record<string, string>> = {}): boolean {
  return Object.entries(group).every(([path, value]) => groupOf(rule, event, path) === value);
}
