import type { Account } from "./evidence.ts";
import { partsOf } from "./expected-parts.ts";
import { metersAt, type Term, type Window, windowsOf, zoneAt } from "./expected-terms.ts";
import { groupOf, meterValue, takes } from "./expected-values.ts";
import type { JudgedEvent } from "./expected-verdicts.ts";
import { type Fraction, halfEven, nought, readFraction, single, times } from "./fraction.ts";
import { carriesOn, chargeRule, chargeType, type Definition, type MeterRule, type TimedEvent } from "./rules.ts";
import type { Happening } from "./run-story.ts";
import { periodOf, type Stretch } from "./wall-clock.ts";

/** What one charge comes to so far. Units: `exact` in 10⁻¹² of the currency. */
export interface Charge {
  readonly currency: string;
  readonly quantity: Fraction;
  readonly exact: bigint;
}

/** A customer as the test knows it. */
export interface Customer {
  readonly account: Account;
  readonly events: readonly JudgedEvent[];
  readonly terms: readonly (Term & { readonly id: string })[];
  readonly happened: readonly Happening[];
}

/** An event that counts under a seal, with the meters that it is billed by: those of the seal that covered it first. */
export interface CoveredEvent extends TimedEvent {
  readonly seal: number;
  readonly meters: ReadonlyMap<string, Definition>;
  readonly entry: number;
  readonly row: number;
}

const whole = 10n ** 12n;

/** Names a charge: what, in which period, by which definition of the meter. */
export function chargeKey(subscription: string | null, price: string, periodFrom: number, made: number): string {
  return JSON.stringify([subscription, price, periodFrom, made]);
}

/** The events that count under a customer's seal of a number. */
export function coveredEvents({ account, events, happened }: Customer, number: number): readonly CoveredEvent[] {
  const seals = account.seals.filter((seal) => seal.number <= number);
  const meters = new Map(seals.map((seal) => [seal.number, metersAt(happened, seal.sealedAt)]));
  return events.flatMap(({ answered, entry, row, struck }) => {
    const seal = seals.find(({ frontier }) => entry <= frontier.entry && answered.time < frontier.cut)?.number;
    if (seal === undefined || (struck !== undefined && struck.seal <= number)) return [];
    return [{ event: answered.fact, time: answered.time, seal, meters: meters.get(seal) ?? new Map(), entry, row }];
  });
}

/** The stretches in which a customer's subscriptions charge, by those that a seal knew. */
export function windowsAtSeal({ account, terms }: Customer, number: number): readonly Window[] {
  const known = account.seals.find((seal) => seal.number === number)?.sealedAt ?? 0;
  return windowsOf(terms.filter(({ made }) => made <= known));
}

/** Everything that a customer is charged through one of its seals, worked out from nothing. */
export function chargesThrough(customer: Customer, number: number): ReadonlyMap<string, Charge> {
  const covered = coveredEvents(customer, number);
  const charges = new Map<string, Charge>();
  const cut = customer.account.seals.find((seal) => seal.number === number)?.frontier.cut ?? 0;
  for (const window of windowsAtSeal(customer, number)) {
    addUsage(charges, window, covered, cut);
    addFlats(charges, window, cut);
  }
  addDirect(charges, covered, zoneOfCharges(customer, number));
  return charges;
}

function addUsage(charges: Map<string, Charge>, window: Window, covered: readonly CoveredEvent[], cut: number): void {
  for (const price of window.plan.units.flatMap(partsOf)) {
    const byDefinition = Map.groupBy(covered, ({ meters }) => meters.get(price.meter)?.made ?? 0);
    for (const [made, events] of byDefinition) {
      const rule = events[0]?.meters.get(price.meter)?.rule;
      if (rule === undefined) continue;
      const own = events.filter(({ event }) => takes(rule, event) && price.holds(rule, event));
      for (const held of periodsWith(own, rule, { window, cut })) {
        const quantity = quantityIn(held, own, { rule, zone: window.zone });
        const key = chargeKey(window.id, price.key, held.whole.from, made);
        const exact = price.amount(quantity, transactionsIn(held, own, rule));
        charges.set(key, { currency: window.plan.currency, quantity, exact });
      }
    }
  }
}

/** What of a period a subscription holds. */
interface Held {
  readonly held: Stretch;
  readonly whole: Stretch;
}

/** The periods of a window that events fall into, and where values are carried all that follow, up to the cut. */
function periodsWith(
  events: readonly CoveredEvent[],
  rule: MeterRule,
  { window, cut }: { readonly window: Window; readonly cut: number },
): readonly Held[] {
  const { plan, zone, from, to } = window;
  const periods = new Map<number, Held>();
  const add = (time: number) => {
    const whole = periodOf(time, plan.interval, zone);
    periods.set(whole.from, { whole, held: { from: Math.max(from, whole.from), to: Math.min(to, whole.to) } });
    return whole.to;
  };
  for (const { time } of events) if (time >= from && time < to) add(time);
  const first = Math.max(from, Math.min(...events.map(({ time }) => time)));
  if (carriesOn(rule)) for (let at = first; at < Math.min(to, cut); ) at = add(at);
  return [...periods.values()];
}

function quantityIn(
  { held, whole }: Held,
  events: readonly CoveredEvent[],
  { rule, zone }: { readonly rule: MeterRule; readonly zone: string },
): Fraction {
  const inside = events.filter(({ time }) => time >= held.from && time < held.to);
  const before = events.filter(({ time }) => time < held.from);
  return meterValue(inside, rule, { held, whole, before, zone }) ?? nought;
}

/** What each event of a period is worth by itself, in order of (time, id), then of the log. */
function transactionsIn({ held }: Held, events: readonly CoveredEvent[], rule: MeterRule): readonly Fraction[] {
  const inside = events.filter(({ time }) => time >= held.from && time < held.to);
  const order = (a: CoveredEvent, b: CoveredEvent) =>
    a.time - b.time ||
    (a.event.id < b.event.id ? -1 : a.event.id > b.event.id ? 1 : a.entry - b.entry || a.row - b.row);
  const alone = { from: held.from, to: held.from + 1 };
  const window = { held: alone, whole: alone, before: [], zone: "UTC" };
  return inside.toSorted(order).map((one) => meterValue([one], rule, window) ?? nought);
}

function addFlats(charges: Map<string, Charge>, { plan, zone, from, to, flatFrom, id }: Window, cut: number): void {
  for (let at = Math.max(from, flatFrom); at < cut; ) {
    const period = periodOf(at, plan.interval, zone);
    at = period.to;
    if (period.from >= to) break;
    for (const { key, amount, timing } of plan.flats) {
      if (timing === "in_arrears" && period.to > cut) continue;
      // A first plan owes flat prices from its running period on, though what it charges of usage may begin within it.
      const held = Math.min(to, period.to) - Math.max(flatFrom, period.from);
      const part = { top: whole * BigInt(held), bottom: BigInt(period.to - period.from) };
      const exact = halfEven(times(readFraction(amount), part));
      charges.set(chargeKey(id, key, period.from, 0), { currency: plan.currency, quantity: single, exact });
    }
  }
}

function addDirect(charges: Map<string, Charge>, covered: readonly CoveredEvent[], zone: string): void {
  const direct = covered.filter(({ event }) => event.type === chargeType);
  const groups = Map.groupBy(direct, ({ event, time }) =>
    JSON.stringify([groupOf(chargeRule, event, "currency"), periodOf(time, "month", zone).from]),
  );
  for (const [name, events] of groups) {
    const [currency, periodFrom] = JSON.parse(name) as [string, number];
    const month = periodOf(periodFrom, "month", zone);
    const quantity = quantityIn({ held: month, whole: month }, events, { rule: chargeRule, zone });
    const exact = halfEven(times(quantity, { top: whole, bottom: 1n }));
    charges.set(`${chargeKey(null, "charge", periodFrom, 0)}${currency}`, { currency, quantity, exact });
  }
}

/** Months of direct charges are those of the zone that a customer had when facts of it were first sealed. */
function zoneOfCharges({ account, happened }: Customer, number: number): string {
  const first = account.seals.find(({ frontier }) => frontier.entry > 0);
  const seal = account.seals.find((candidate) => candidate.number === number);
  return zoneAt(happened, account.customer, Math.min(first?.sealedAt ?? Number.POSITIVE_INFINITY, seal?.sealedAt ?? 0));
}
