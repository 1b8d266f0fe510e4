import { type Random, seededRandom } from "../protocol/random.ts";
import { drawFirstMeters, drawMeter, drawPlans, zones } from "./draw-catalogue.ts";
import { EventSource } from "./draw-events.ts";
import type { MeterRule } from "./rules.ts";
import { day, hour, minute, second } from "./spans.ts";
import type { Deed, Kill, Scene, Story } from "./story.ts";

/** Months in which clocks change somewhere. */
const beginnings = ["2026-03-03T05:00:00Z", "2026-03-20T00:00:00Z", "2026-04-08T17:30:00Z", "2026-10-05T11:00:00Z"];

const days = 30;

/** What happens beside new events, and how often. */
const weights = {
  again: 5,
  void: 8,
  settle: 5,
  send: 5,
  meter: 2,
  customer: 2,
  subscribe: 2,
  grow: 2,
  look: 1,
} as const;
const others = (Object.keys(weights) as (keyof typeof weights)[]).flatMap((kind) =>
  Array.from({ length: weights[kind] }, () => kind),
);

/** Draws a month of one merchant; the seed decides all of it. */
export function drawStory(seed: number): Story {
  const random = seededRandom(seed);
  const begins = Date.parse(random.pick(beginnings)) + random.below(24) * hour;
  const customers = Array.from({ length: random.between(3, 5) }, (_, at) => ({
    id: `c${at}`,
    zone: random.pick(zones),
  }));
  const plans = drawPlans(random);
  const ends = begins + (days + random.between(1, 6)) * day;
  const draft = new StoryDraft(random, { begins, customers });
  draft.opening();
  for (let at = begins + random.between(1, 60) * minute; at < begins + days * day; at = draft.later(at))
    draft.scene(at);
  draft.add(ends, { do: "settle", through: ends, left: false });
  return { seed, begins, ends, customers, plans, scenes: draft.scenes };
}

/** How a draft differs from a month's: how many times as far apart scenes are, and which meters there are. */
export interface Pace {
  readonly apart: number;
  readonly drawMeter: (random: Random) => MeterRule;
  readonly firstMeters: (random: Random) => readonly MeterRule[];
}

const monthly: Pace = { apart: 1, drawMeter: (random) => drawMeter(random), firstMeters: drawFirstMeters };

/** Draws what happens, one scene after the other. */
export class StoryDraft {
  readonly scenes: Scene[] = [];
  readonly #random: Random;
  readonly #begins: number;
  readonly #customers: Story["customers"];
  readonly #source: EventSource;
  readonly #put = new Set<string>();
  #ticked: number;
  #shards = 1;
  readonly #pace: Pace;

  constructor(random: Random, { begins, customers }: Pick<Story, "begins" | "customers">, pace: Pace = monthly) {
    this.#pace = pace;
    this.#random = random;
    this.#begins = begins;
    this.#customers = customers;
    this.#ticked = begins;
    this.#source = new EventSource(
      random,
      customers.map(({ id }) => id),
    );
  }

  /** What a merchant does first: some meters, most customers. */
  opening(): void {
    let at = this.#begins;
    for (const rule of this.#pace.firstMeters(this.#random)) this.add(at++, { do: "meter", rule });
    for (const customer of this.#customers) if (this.#random.chance(0.8)) this.#putCustomer(at++, customer);
  }

  /** When the next thing happens: often soon, sometimes around the end of an hour. */
  later(at: number): number {
    const { pick, between, chance } = this.#random;
    const after = pick([between(1, 30) * second, between(1, 30) * minute, between(1, 6) * hour, between(5, 16) * hour]);
    const next = at + after * this.#pace.apart;
    if (!chance(0.15)) return next;
    const end = Math.ceil(next / hour) * hour;
    return end + pick([-4_000, -6_000, 1_000, 6_000]) > at ? end + pick([-4_000, -6_000, 1_000, 6_000]) : next;
  }

  /** Something that happens at a moment, and before it what schedules did meanwhile. */
  scene(at: number): void {
    const { chance, between } = this.#random;
    while (at - this.#ticked > 9 * hour * this.#pace.apart) {
      this.#ticked += (between(1, 12) * hour + between(0, 59) * minute) * this.#pace.apart;
      if (this.#ticked > (this.scenes.at(-1)?.at ?? 0) && this.#ticked < at)
        this.add(this.#ticked, { do: "tick", bills: true });
    }
    if (chance(0.55)) this.add(at, { do: "send", events: this.#source.batch(at, chance(0.15) ? 20 : 5) });
    else this.#other(at);
  }

  #other(at: number): void {
    const { pick } = this.#random;
    const sends = this.scenes.flatMap((scene) => (scene.do === "send" ? [scene.at] : []));
    const kind = pick(others);
    if (kind === "again" && sends.length > 0) this.add(at, { do: "send again", sentAt: pick(sends.slice(-12)) });
    else if (kind === "void") this.#void(at);
    else if (kind === "meter") this.add(at, { do: kind, rule: this.#pace.drawMeter(this.#random) });
    else if (kind === "customer") this.#putCustomer(at, pick(this.#customers));
    else if (kind === "subscribe") this.#subscribe(at);
    else if (kind === "grow") this.#grow(at);
    else if (kind === "settle") this.#settle(at);
    else if (kind === "look") this.#look(at);
    else this.add(at, { do: "send", events: this.#source.batch(at, 3) });
  }

  #void(at: number): void {
    const fact = this.#source.void(at);
    const event = this.#random.chance(0.4) ? this.#source.replacement(fact, at) : undefined;
    this.add(at, event === undefined ? { do: "void", fact } : { do: "replace", fact, event });
  }

  #putCustomer(at: number, { id, zone }: Story["customers"][number]): void {
    const plan = this.#random.pick([{}, { plan: "basic" }, { plan: "basic" }, { plan: "plus" }, { plan: "max" }]);
    if (this.add(at, { do: "customer", customer: id, timezone: zone, ...plan })) this.#put.add(id);
  }

  #subscribe(at: number): void {
    const { pick, between } = this.#random;
    if (this.#put.size === 0) return;
    const start = pick([{}, { start: at - between(1, 90) * hour }, { start: at + between(1, 90) * hour }]);
    this.add(at, { do: "subscribe", customer: pick([...this.#put]), plan: pick(["basic", "plus", "max"]), ...start });
  }

  #grow(at: number): void {
    if (this.#shards >= 7) return;
    this.#shards = this.#random.pick([this.#shards + 1, 7, 64]);
    this.add(at, { do: "grow", shards: this.#shards });
  }

  #settle(at: number): void {
    const { chance, pick, between } = this.#random;
    const through = pick([at, at, Math.floor(at / day) * day, at - between(1, 300) * hour, at + between(1, 4) * hour]);
    const some = this.#customers.filter(() => chance(0.5)).map(({ id }) => id);
    const named = chance(0.2) && some.length > 0 ? { customers: some } : {};
    this.add(at, { do: "settle", through, left: chance(0.25), ...named });
  }

  #look(at: number): void {
    const from = at - this.#random.between(0, 12) * day;
    this.add(at, { do: "look", from, to: from + this.#random.between(1, 8) * day });
  }

  /** Adds what happens at a moment, if nothing happened there yet. */
  add(at: number, deed: Deed): boolean {
    if (at <= (this.scenes.at(-1)?.at ?? 0)) return false;
    this.scenes.push({ at, kills: drawKills(this.#random), ...deed });
    return true;
  }
}

function drawKills({ chance, between, below, pick }: Random): readonly Kill[] {
  if (!chance(0.2)) return [];
  const calls = pick([5, 40, 400]);
  return Array.from({ length: between(1, 2) }, () => ({ call: 1 + below(calls), acted: chance(0.5) }));
}
