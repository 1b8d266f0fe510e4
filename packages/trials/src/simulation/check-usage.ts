import { queryUsage, type Usage } from "@farthing/metering";
import { customerId, expectOk } from "@farthing/money";
import type { AnsweredEvent } from "./answered.ts";
import type { Blame } from "./check-answers.ts";
import type { Account, Evidence } from "./evidence.ts";
import { metersAt } from "./expected-terms.ts";
import { groupOf, meterValue, takes } from "./expected-values.ts";
import { isEvent, judgedEvents, voidsOf } from "./expected-verdicts.ts";
import { identityOf } from "./facts.ts";
import { compared, type Fraction, nought, textOf } from "./fraction.ts";
import { fractionOfDecimal } from "./product-words.ts";
import { carriesOn, chargeRule, type MeterRule } from "./rules.ts";
import type { Run } from "./run-story.ts";
import { day, hour } from "./spans.ts";
import { type Cut, type Stretch, stretchesOf } from "./wall-clock.ts";

/** What is asked of usage. */
export interface Question extends Stretch {
  readonly meter: string;
  readonly customer?: string;
  readonly window: Cut;
  readonly groupBy: readonly string[];
  readonly timezone: string;
  /** Copies are found wherever they lie, as seals find them. */
  readonly exact: boolean;
}

/** An event that usage shows, and whose it is. */
interface ShownEvent extends AnsweredEvent {
  readonly customer: string;
}

/** Asks for usage. */
export async function readUsage({ ports, merchant }: Run, question: Question): Promise<Usage> {
  const { customer, ...asked } = question;
  const named = customer === undefined ? {} : { customer: customerId(customer) };
  return expectOk(await queryUsage(ports.usage, { merchant, ...asked, ...named }));
}

/**
 * The questions that a story's usage is asked: every window, every meter, in the zones that customers have. Some are of a part
 * of the range, live and exact: what is void lies before it and behind it.
 */
export function questionsOf(
  { story, happened, now }: Pick<Run, "story" | "happened" | "now">,
  range: Stretch,
): readonly Question[] {
  const cuts = ["none", "hour", "day", "week", "month"] as const;
  const rules = [chargeRule, ...[...metersAt(happened, now).values()].map(({ rule }) => rule)];
  return Array.from({ length: Math.max(cuts.length, rules.length) + 1 }, (_, at): Question => {
    const turn = at + happened.length;
    const rule = rules[turn % rules.length] ?? chargeRule;
    const { id, zone } = story.customers[turn % story.customers.length] ?? { id: "", zone: "UTC" };
    const groupBy = [[], rule.groupBy, [...rule.groupBy.slice(0, 1), "customer"]][turn % 3] ?? [];
    const customer = turn % 2 === 0 ? { customer: id } : {};
    const part = { from: range.from + 43 * day + turn * hour, to: range.to - 3 * day };
    const asked = (turn % 5) % 2 === 1 && part.from < part.to ? part : range;
    const window = cuts[at % cuts.length] ?? "none";
    const exact = turn % 5 < 2;
    return { meter: rule.key, ...asked, ...customer, window, groupBy, timezone: zone, exact };
  });
}

/** Usage shows what its meter makes of every event that stands in the logs and is not void, window by window. */
export async function checkUsage(
  run: Run,
  { accounts }: Evidence,
  { questions, blame }: { readonly questions: readonly Question[]; readonly blame: Blame },
): Promise<void> {
  const meters = metersAt(run.happened, run.now);
  const live = accounts.flatMap(liveEvents);
  const judged = accounts.flatMap(exactEvents);
  for (const question of questions) {
    const rule = question.meter === chargeRule.key ? chargeRule : meters.get(question.meter)?.rule;
    if (rule === undefined) continue;
    const usage = await readUsage(run, question);
    compareUsage(expectedUsage(question.exact ? judged : live, rule, question), shownUsage(usage, question), (text) =>
      blame(`usage of ${JSON.stringify(question)}: ${text}`),
    );
  }
}

function liveEvents({ customer, rows }: Account): readonly ShownEvent[] {
  const voided = new Set(voidsOf(rows).map(({ answered: { fact } }) => identityOf(fact)));
  return rows.flatMap(({ part, answered }) =>
    part === "event" && isEvent(answered) && !voided.has(identityOf(answered.fact)) ? [{ ...answered, customer }] : [],
  );
}

/** The events that would count if all that stands in the log were sealed now. */
function exactEvents({ customer, rows, seals }: Account): readonly ShownEvent[] {
  const all = { number: Number.POSITIVE_INFINITY, frontier: { entry: Number.POSITIVE_INFINITY } };
  return judgedEvents({ rows, seals: [...seals, all] }).flatMap(({ answered, struck }) =>
    struck === undefined ? [{ ...answered, customer }] : [],
  );
}

type Values = ReadonlyMap<string, Fraction | null>;

function expectedUsage(shown: readonly ShownEvent[], rule: MeterRule, question: Question): Values {
  const { from, to, window, timezone, groupBy, customer } = question;
  const mine = shown.filter(
    (event) => takes(rule, event.fact) && (customer === undefined || event.customer === customer),
  );
  const labels = (event: ShownEvent) =>
    JSON.stringify(groupBy.map((path) => (path === "customer" ? event.customer : groupOf(rule, event.fact, path))));
  const values = new Map<string, Fraction | null>();
  const stretches = stretchesOf({ from, to }, window, timezone);
  const first = carriesOn(rule) ? Number.NEGATIVE_INFINITY : from;
  const series = Map.groupBy(
    mine.filter(({ time }) => time >= first && time < to),
    labels,
  );
  if (groupBy.length === 0 && series.size === 0) series.set("[]", []);
  for (const [label, events] of series) {
    const timed = events.map(({ fact, time }) => ({ event: fact, time }));
    for (const held of stretches) {
      const inside = timed.filter(({ time }) => time >= held.from && time < held.to);
      const before = carriesOn(rule) ? timed.filter(({ time }) => time < held.from) : [];
      values.set(
        `${label} ${held.from} ${held.to}`,
        meterValue(inside, rule, { held, whole: held, before, zone: question.timezone }),
      );
    }
  }
  return values;
}

function shownUsage({ rows }: Usage, { groupBy }: Question): Values {
  return new Map(
    rows.map(({ from, to, customer, group, value }) => {
      const labels = groupBy.map((path) => (path === "customer" ? customer : (group?.[path] ?? null)));
      return [`${JSON.stringify(labels)} ${from} ${to}`, value === null ? null : fractionOfDecimal(value)];
    }),
  );
}

function compareUsage(expected: Values, shown: Values, blame: Blame): void {
  for (const key of new Set([...expected.keys(), ...shown.keys()])) {
    const [should, is] = [expected.get(key), shown.get(key)];
    if (should === undefined || is === undefined) blame(`${key} is ${is === undefined ? "missing" : "not asked for"}`);
    else if ((should === null) !== (is === null) || compared(should ?? nought, is ?? nought) !== 0)
      blame(`${key} is ${is === null ? "null" : textOf(is)}, not ${should === null ? "null" : textOf(should)}`);
  }
}
