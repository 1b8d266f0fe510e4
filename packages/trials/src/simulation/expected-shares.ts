import type { Seal } from "@farthing/billing";
import { type Customer, chargeKey, coveredEvents, windowsAtSeal } from "./expected-bill.ts";
import { partsOf } from "./expected-parts.ts";
import { groupOf, meterValue, takes } from "./expected-values.ts";
import { type Fraction, nought, plus } from "./fraction.ts";
import { chargeRule, type MeterRule } from "./rules.ts";
import { periodOf } from "./wall-clock.ts";

/** How much of each event counts for each charge, by the charge's key and the event's. */
export type Quantities = ReadonlyMap<string, ReadonlyMap<string, Fraction>>;

/** Names an event of a customer. */
export function eventKey({
  id,
  source,
  time,
}: {
  readonly id: string;
  readonly source?: string | undefined;
  readonly time: number;
}) {
  return JSON.stringify([id, source ?? "", time]);
}

/** How much of each event counts for each charge under a seal. */
export function quantitiesAt(customer: Customer, { number, timezone }: Seal): Quantities {
  const all = new Map<string, Map<string, Fraction>>();
  const windows = windowsAtSeal(customer, number);
  for (const covered of coveredEvents(customer, number)) {
    const { event, time, meters } = covered;
    const add = (key: string, rule: MeterRule) => {
      const own = all.get(key) ?? new Map<string, Fraction>();
      all.set(key, own);
      const alone = { from: time, to: time + 1 };
      const quantity = meterValue([covered], rule, { held: alone, whole: alone, before: [], zone: "UTC" });
      addTo(own, eventKey({ ...event, time }), quantity ?? nought);
    };
    if (takes(chargeRule, event)) {
      const month = periodOf(time, "month", timezone).from;
      add(`${chargeKey(null, "charge", month, 0)}${groupOf(chargeRule, event, "currency")}`, chargeRule);
    }
    const window = windows.find(({ from, to }) => time >= from && time < to);
    for (const { key, meter, holds } of window?.plan.units.flatMap(partsOf) ?? []) {
      const { rule, made = 0 } = meters.get(meter) ?? {};
      if (window === undefined || rule === undefined || !takes(rule, event) || !holds(rule, event)) continue;
      add(chargeKey(window.id, key, periodOf(time, window.plan.interval, window.zone).from, made), rule);
    }
  }
  return all;
}

/** Adds to the sum of a name. */
export function addTo(sums: Map<string, Fraction>, key: string, value: Fraction): void {
  sums.set(key, plus(sums.get(key) ?? nought, value));
}

/** The charges whose events are not the same under two seals, whatever they come to. */
export function chargesMoved(before: Quantities, now: Quantities): ReadonlySet<string> {
  const keys = [...new Set([...before.keys(), ...now.keys()])];
  return new Set(
    keys.filter((key) => {
      const [was, is] = [new Set(before.get(key)?.keys()), new Set(now.get(key)?.keys())];
      return was.symmetricDifference(is).size > 0;
    }),
  );
}
