import { type Random, seededRandom } from "../protocol/random.ts";
import { drawFirstMeters, drawMeter, drawPlans, zones } from "./draw-catalogue.ts";
import { EventSource } from "./draw-events.ts";
import { identityOf, type SentEvent, type SentFact } from "./facts.ts";
import { aheadMs, day, hour, minute } from "./spans.ts";
import type { Deed, Kill, Scene, Story } from "./story.ts";
import type { Stretch } from "./wall-clock.ts";

/** A fact, and the stretch between two settlements in which it arrives. Units: milliseconds. */
interface Arriving {
  readonly fact: SentFact;
  readonly within: Stretch;
}

/** What happens in every variation of a month: what was used, what it costs, and at which moments it is settled. */
export interface Month extends Omit<Story, "scenes"> {
  readonly fixed: readonly Scene[];
  readonly arriving: readonly Arriving[];
}

const begins = Date.parse("2026-03-12T09:00:00Z");

/** Draws a month in which no identity is used for two different events. */
export function drawMonth(seed: number): Month {
  const random = seededRandom(seed + 1_000_000);
  const customers = Array.from({ length: 3 }, (_, at) => ({ id: `c${at}`, zone: random.pick(zones) }));
  const source = new EventSource(
    random,
    customers.map(({ id }) => id),
  );
  const fixed: Scene[] = [];
  const fix = (at: number, deed: Deed) => fixed.push({ at, kills: [], ...deed });
  for (const [index, rule] of drawFirstMeters(random).entries()) fix(begins + index, { do: "meter", rule });
  for (const [index, { id, zone }] of customers.entries()) {
    const plan = random.pick(["basic", "plus", "max"]);
    fix(begins + 10 + index, { do: "customer", customer: id, timezone: zone, plan });
  }
  const arriving: Arriving[] = [];
  const seen = new Set<string>();
  let from = begins + minute;
  while (from < begins + 30 * day) {
    const to = from + random.between(2, 7) * day + random.between(0, 24) * hour;
    arriving.push(...drawStretch(source, random, { within: { from, to }, seen }));
    if (random.chance(0.3)) fix(to + 1, { do: "meter", rule: drawMeter(random) });
    fix(to + 2, { do: "settle", through: random.pick([to, to - 5 * hour]), left: false });
    from = to + hour;
  }
  return { seed, begins, ends: from, customers, plans: drawPlans(random), fixed, arriving };
}

function drawStretch(
  source: EventSource,
  random: Random,
  { within, seen }: { readonly within: Stretch; readonly seen: Set<string> },
): readonly Arriving[] {
  const last = within.to - 10 * minute;
  const facts = Array.from({ length: random.between(5, 40) }, (): readonly SentFact[] => {
    const now = random.between(within.from, last);
    if (random.chance(0.08)) return [source.void(now)];
    return source.batch(now, 1).filter((event) => isNew(event, now, seen));
  });
  return facts.flat().map((fact) => ({ fact, within: { from: within.from, to: last } }));
}

function isNew(event: SentEvent, now: number, seen: Set<string>): boolean {
  const identity = identityOf(event);
  if (seen.has(identity) || event.time === undefined || event.time > now || event.time < now - 20 * day) return false;
  seen.add(identity);
  return true;
}

/** How a variation differs from the plainest one. */
export interface Variation {
  readonly seed: number;
  /** How many events a request carries at most. */
  readonly batch: number;
  /** How likely a fact arrives again, then or later. */
  readonly again: number;
  /** How likely what is done is killed on its way. */
  readonly killed: number;
  /** How often schedules run between two settlements. */
  readonly ticks: number;
  readonly shards: number;
}

/** Lets the same month happen in another order, in other batches, with more copies, and with more restarts. */
export function vary(month: Month, variation: Variation): Story {
  const random = seededRandom(month.seed * 31 + variation.seed);
  const { arriving, fixed, ...story } = month;
  const scenes: Scene[] = [...fixed];
  const stretches = Map.groupBy(arriving, ({ within }) => within.from);
  const earlier: SentFact[] = [];
  for (const facts of stretches.values()) {
    const [{ within } = { within: { from: 0, to: 0 } }] = facts;
    const copies = [...earlier, ...facts.map(({ fact }) => fact)].filter(() => random.chance(variation.again / 2));
    scenes.push(...arrivals(random, [...facts.map(({ fact }) => fact), ...copies], { within, variation }));
    for (let tick = 0; tick < variation.ticks; tick++)
      scenes.push({ at: random.between(within.from, within.to), kills: [], do: "tick", bills: false });
    earlier.push(...facts.map(({ fact }) => fact));
  }
  if (variation.shards > 1)
    scenes.push({ at: month.begins + random.between(1, 200) * hour, kills: [], do: "grow", shards: variation.shards });
  const killed = scenes.map((scene) => ({ ...scene, kills: drawKills(random, variation) }));
  return { ...story, scenes: killed.sort((a, b) => a.at - b.at) };
}

function arrivals(
  random: Random,
  facts: readonly SentFact[],
  { within, variation }: { readonly within: Stretch; readonly variation: Variation },
): readonly Scene[] {
  const moments = facts.map((fact) => {
    const from = Math.max(within.from, (fact.time ?? 0) - aheadMs + minute);
    return { fact, at: random.between(Math.min(from, within.to), within.to) };
  });
  moments.sort((a, b) => a.at - b.at);
  const scenes: Scene[] = [];
  for (let first = 0; first < moments.length; ) {
    const batch = moments.slice(first, first + random.between(1, variation.batch));
    first += batch.length;
    const at = batch.at(-1)?.at ?? within.to;
    const events = batch.flatMap(({ fact }) => (fact.kind === "event" ? [fact] : []));
    if (events.length > 0) scenes.push({ at, kills: [], do: "send", events });
    for (const { fact } of batch) if (fact.kind === "void") scenes.push({ at, kills: [], do: "void", fact });
  }
  return scenes;
}

function drawKills({ chance, below }: Random, { killed }: Variation): readonly Kill[] {
  if (!chance(killed)) return [];
  return [{ call: 1 + below(30), acted: chance(0.5) }];
}
