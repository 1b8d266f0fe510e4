import { dataText, type SentEvent } from "./facts.ts";
import { type Fraction, fractionOf, nought, plus, single } from "./fraction.ts";
import type { MeterRule, TimedEvent } from "./rules.ts";

/** What an aggregation makes of events that a meter takes; null where it has no value. */
type Fold = (events: readonly TimedEvent[], rule: MeterRule) => Fraction | null;

const folds: Readonly<Record<MeterRule["aggregation"], Fold>> = {
  count: (events) => ({ top: BigInt(events.length), bottom: 1n }),
  sum: (events, rule) => events.reduce((sum, { event }) => plus(sum, valueIn(event, rule) ?? nought), nought),
};

/** A meter's value over events, whichever they are: those that it does not take are left out. */
export function meterValue(events: readonly TimedEvent[], rule: MeterRule): Fraction | null {
  return folds[rule.aggregation](
    events.filter(({ event }) => takes(rule, event)),
    rule,
  );
}

/** Whether a meter takes an event: its type, and a number where the aggregation needs one. */
export function takes(rule: MeterRule, event: SentEvent): boolean {
  return event.type === rule.eventType && valueIn(event, rule) !== undefined;
}

function valueIn(event: SentEvent, rule: MeterRule): Fraction | undefined {
  if (rule.aggregation === "count") return single;
  return fractionOf(dataText(event.data[rule.value ?? ""]) ?? "");
}

/** What an event shows for a group path; null where the meter is not grouped by it, or the event has nothing there. */
export function groupOf(rule: MeterRule, event: SentEvent, path: string): string | null {
  return rule.groupBy.includes(path) ? (dataText(event.data[path]) ?? null) : null;
}

/** Whether an event has all the group values that are asked for. */
export function isInGroup(rule: MeterRule, event: SentEvent, group: Readonly<Record<string, string>> = {}): boolean {
  return Object.entries(group).every(([path, value]) => groupOf(rule, event, path) === value);
}
