import type { Account } from "./evidence.ts";
import type { Definition, MeterRule, PlanRule } from "./rules.ts";
import type { Happening } from "./run-story.ts";
import type { Story } from "./story.ts";
import { periodOf } from "./wall-clock.ts";

/** A subscription as the test expects it. Units: milliseconds. */
export interface Term {
  readonly plan: PlanRule;
  readonly zone: string;
  readonly start: number;
  readonly flatFrom: number;
  readonly made: number;
}

/** A stretch of event time in which a subscription charges. */
export interface Window extends Term {
  readonly from: number;
  readonly to: number;
  readonly id: string;
}

/** The definitions of meters that held at a moment, by key; the number of each is that of the change that made it. */
export function metersAt(happened: readonly Happening[], at: number): ReadonlyMap<string, Definition> {
  const meters = new Map<string, Definition>();
  let made = 0;
  for (const { deed, at: when } of happened) {
    if (deed.do !== "meter" || when > at || isSame(meters.get(deed.rule.key)?.rule, deed.rule)) continue;
    made += 1;
    meters.set(deed.rule.key, { rule: deed.rule, made });
  }
  return meters;
}

function isSame(a: MeterRule | undefined, b: MeterRule): boolean {
  return a !== undefined && JSON.stringify(a) === JSON.stringify(b);
}

/** The zone that a customer was put with at a moment; UTC where nobody put it. */
export function zoneAt(happened: readonly Happening[], customer: string, at: number): string {
  const put = happened.findLast(
    ({ deed, at: when }) => deed.do === "customer" && deed.customer === customer && when <= at,
  );
  return put?.deed.do === "customer" ? put.deed.timezone : "UTC";
}

/**
 * The subscriptions of a customer: its first plan charges from where its bills end, or from ever, and flat prices from the
 * running period on; another plan that is put charges from now on; an order charges from its start on.
 */
export function expectedTerms(
  { plans }: Story,
  happened: readonly Happening[],
  { customer, seals }: Pick<Account, "customer" | "seals">,
): readonly Term[] {
  const terms: Term[] = [];
  const planNamed = (key: string) => plans.find((plan) => plan.key === key);
  for (const { deed, at } of happened) {
    if ((deed.do !== "customer" && deed.do !== "subscribe") || deed.customer !== customer) continue;
    const plan = planNamed(deed.plan ?? "");
    if (plan === undefined) continue;
    const common = { plan, zone: zoneAt(happened, customer, at), made: at };
    const billed = seals.findLast(({ sealedAt }) => sealedAt < at);
    if (deed.do === "subscribe") {
      const { start = at } = deed;
      terms.push({ ...common, start, flatFrom: start });
    } else if (terms.length === 0) {
      const start = billed !== undefined && billed.frontier.entry > 0 ? billed.frontier.cut : 0;
      terms.push({ ...common, start, flatFrom: periodOf(at, plan.interval, common.zone).from });
    } else if (!chargesNow(terms, at, plan)) terms.push({ ...common, start: at, flatFrom: at });
  }
  return terms;
}

function chargesNow(terms: readonly Term[], at: number, plan: PlanRule): boolean {
  return windowsOf(terms.map((term) => ({ ...term, id: "" }))).some(
    (window) => window.from <= at && at < window.to && window.plan.key === plan.key,
  );
}

/** When subscriptions charge: each from its start to that of the next; of two that start together the later made one. */
export function windowsOf(terms: readonly (Term & { readonly id: string })[]): readonly Window[] {
  const sorted = [...terms].sort((a, b) => a.start - b.start || a.made - b.made);
  return sorted
    .map((term, index) => ({ ...term, from: term.start, to: sorted[index + 1]?.start ?? Number.POSITIVE_INFINITY }))
    .filter(({ from, to }) => from < to);
}
