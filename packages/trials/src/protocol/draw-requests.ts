import type { Random } from "./random.ts";
import type { ClientRequest } from "./scenario.ts";
import { identityOf, type SentFact, type SentType } from "./sent-fact.ts";
import { dawn, eventHours, hour } from "./timeline.ts";

/** How far event time may lie ahead of a writer's clock, and how long an identity stays the same event. Units: milliseconds. */
const aheadMs = 5 * 60_000;
const windowMs = 35 * 24 * hour;

const types: readonly SentType[] = ["request", "request", "request", "request", "ping", "other", "charge"];
const amounts = ["0.0000000001", "0.004", "1.005", "12.5"];

/** Draws two to five requests of one to three facts each, most of them about identities that were used before. */
export function drawRequests(
  random: Random,
  instants: readonly number[],
  someTime: () => number,
): readonly ClientRequest[] {
  const count = random.between(2, 5);
  const times = Array.from({ length: count }, someTime).sort((a, b) => a - b);
  const before: SentFact[] = [];
  const tags = new Map<string, string>();
  return times.map((at, id) => {
    const skewMs = random.pick([-2_000, -1_000, 0, 0, 1_000, 2_000]);
    const now = (instants[at] ?? dawn) + skewMs;
    const facts = drawFacts(random, before, now).map((fact) => ({ ...fact, tag: tagOf(fact, tags) }));
    before.push(...facts);
    return { id, facts, at, skewMs, tries: random.chance(0.3) ? random.between(1, 2) : Number.POSITIVE_INFINITY };
  });
}

/** A short name for an identity with all that makes its content differ. */
function tagOf(fact: SentFact, tags: Map<string, string>): string {
  if (fact.kind === "void") return "";
  const { type, bytes, amount, currency, time, serverTime } = fact;
  const content = type === "charge" ? `${amount} ${currency}` : bytes;
  const name = `${identityOf(fact)} ${type} ${content} ${serverTime ? "" : time}`;
  const tag = tags.get(name) ?? `t${tags.size}`;
  tags.set(name, tag);
  return tag;
}

function drawFacts(random: Random, before: readonly SentFact[], now: number): readonly SentFact[] {
  const events = before.filter(({ kind, id }) => kind === "event" && !id.startsWith("far"));
  if (random.chance(0.2)) return [drawVoid(random, events, now)];
  if (random.chance(0.03)) return drawFarCopies(random, now);
  const facts: SentFact[] = [];
  for (let left = random.between(1, 3); left > 0; left--) {
    const fact = drawEvent(random, [...events, ...facts], now);
    // Ingest leaves exact copies within one request out before it stores them.
    if (!facts.some((other) => isSame(other, fact))) facts.push(fact);
  }
  return facts;
}

function isSame(a: SentFact, b: SentFact): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function drawEvent(random: Random, events: readonly SentFact[], now: number): SentFact {
  if (events.length > 0 && random.chance(0.45)) {
    const first = random.pick(events);
    if (first.serverTime) return { ...first, time: now };
    if (random.chance(0.5)) return first;
    const type = random.pick(types);
    const changed = random.chance(0.5)
      ? { ...first, time: someEventTime(random, now) }
      : { ...first, bytes: random.between(1, 9) };
    return random.chance(0.2) ? { ...changed, type } : changed;
  }
  const serverTime = random.chance(0.08) && now < dawn + eventHours * hour;
  return {
    kind: "event",
    customer: random.pick(["ann", "ann", "ann", "bob"]),
    id: random.pick(["x", "y", "z"]),
    source: random.chance(0.1) ? "s" : undefined,
    time: serverTime ? now : someEventTime(random, now),
    serverTime,
    type: random.pick(types),
    tag: "",
    bytes: random.between(1, 9),
    amount: random.pick(amounts),
    currency: random.pick(["USD", "JPY"]),
  };
}

/** An instant at an edge or in the midst of an hour that has begun; sometimes as far ahead as is taken. */
function someEventTime(random: Random, now: number): number {
  if (random.chance(0.08)) return Math.min(now + aheadMs, dawn + eventHours * hour - 1);
  const latest = Math.min(Math.floor((now - dawn) / hour), eventHours - 1);
  const start = dawn + (random.chance(0.5) ? Math.max(latest, 0) : random.between(0, Math.max(latest, 0))) * hour;
  const within = random.pick([0, 1, hour / 2 - 1, hour / 2, 1_234_567, hour - 1]);
  return Math.min(start + within, now);
}

function drawVoid(random: Random, events: readonly SentFact[], now: number): SentFact {
  const like = events.length > 0 && random.chance(0.7) ? random.pick(events) : undefined;
  return {
    kind: "void",
    customer: like?.customer ?? "ann",
    id: like?.id ?? random.pick(["x", "y", "z"]),
    source: like?.source,
    time: like !== undefined && random.chance(0.5) ? like.time : someEventTime(random, now),
    serverTime: false,
    type: "other",
    tag: "",
    bytes: 0,
    amount: "0",
    currency: "USD",
  };
}

/** Two events of one identity, just within or just past the stretch in which they are copies. */
function drawFarCopies(random: Random, now: number): readonly SentFact[] {
  const late: SentFact = {
    kind: "event",
    customer: "ann",
    id: `far${random.below(1_000_000)}`,
    source: undefined,
    time: Math.min(now, dawn + hour / 2),
    serverTime: false,
    type: "request",
    tag: "",
    bytes: random.between(1, 9),
    amount: "0",
    currency: "USD",
  };
  return [late, { ...late, time: late.time - windowMs - random.pick([-1, 0, 1]) }];
}
