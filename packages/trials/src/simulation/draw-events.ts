import type { Random } from "../protocol/random.ts";
import { eventTypes } from "./draw-catalogue.ts";
import type { DataValue, SentEvent, SentVoid } from "./facts.ts";
import { chargeType } from "./rules.ts";
import { aheadMs, day, hour, minute, second, windowMs } from "./spans.ts";

/** An event that was sent, with the time that it has: its own, or the moment of its receipt. Units: milliseconds. */
interface Sent {
  readonly event: SentEvent;
  readonly time: number;
}

/** Draws what clients of some customers send, and keeps in mind what they sent before. */
export class EventSource {
  readonly #random: Random;
  readonly #customers: readonly string[];
  readonly #sent: Sent[] = [];
  /** Events that were voided before they are sent. */
  readonly #awaited: SentEvent[] = [];
  #made = 0;

  constructor(random: Random, customers: readonly string[]) {
    this.#random = random;
    this.#customers = customers;
  }

  /** Draws the events of one request. */
  batch(now: number, most: number): readonly SentEvent[] {
    const events = Array.from({ length: this.#random.between(1, most) }, () => this.#next(now));
    for (const event of events) this.#sent.push({ event, time: event.time ?? now });
    return events;
  }

  /** Draws a void: of an event that was sent, or of one that is to come. */
  void(now: number): SentVoid {
    const random = this.#random;
    const early = this.#sent.length === 0 || random.chance(0.2);
    const { event, time } = early ? this.#awaitedEvent(now) : random.pick(this.#sent);
    const { customer, id, source } = event;
    const hint = random.pick([{}, { time }, { time }, { time: now - random.between(0, 40) * day }]);
    return { kind: "void", customer, id, source, time: undefined, ...hint };
  }

  /** Draws an event in the place of one that is void; undefined where it would be refused. */
  replacement({ customer, id, source }: SentVoid, now: number): SentEvent | undefined {
    const event = { ...this.#fresh(now), customer, id: `${id}-r${this.#random.below(3)}`, source };
    if (!isTaken(event, now)) return undefined;
    this.#sent.push({ event, time: event.time ?? now });
    return event;
  }

  #awaitedEvent(now: number): Sent {
    const event = this.#fresh(now);
    this.#awaited.push(event);
    return { event, time: event.time ?? now };
  }

  #next(now: number): SentEvent {
    const { chance, pick } = this.#random;
    const awaited = chance(0.3) ? this.#awaited.pop() : undefined;
    if (awaited !== undefined && isTaken(awaited, now)) return awaited;
    if (this.#sent.length === 0 || chance(0.75)) return this.#fresh(now);
    const copy = this.#copyOf(pick(this.#sent));
    return isTaken(copy, now) ? copy : this.#fresh(now);
  }

  #fresh(now: number): SentEvent {
    const { pick, chance, below } = this.#random;
    this.#made += 1;
    // Customers share some ids, which are then as many events.
    const id = chance(0.1) ? `shared-${below(8)}` : chance(0.5) ? `e-${this.#made}` : this.#uuid();
    const source = chance(0.6) ? undefined : pick(["app", "edge"]);
    const type = chance(0.12) ? chargeType : pick(eventTypes);
    return {
      kind: "event",
      customer: pick(this.#customers),
      id,
      source,
      type,
      time: this.#time(now),
      data: this.#data(type),
    };
  }

  #uuid(): string {
    const digits = Array.from({ length: 32 }, () => this.#random.below(16).toString(16)).join("");
    return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }

  #time(now: number): number | undefined {
    const { chance, between } = this.#random;
    if (chance(0.06)) return undefined;
    if (chance(0.7)) return now - between(0, 3 * minute);
    if (chance(0.1)) return now + between(0, aheadMs);
    if (chance(0.5)) return now - between(0, 30 * hour);
    // A few are older than is taken.
    return now - between(0, windowMs + 2 * hour);
  }

  #data(type: string): SentEvent["data"] {
    const { pick, chance } = this.#random;
    const tag = `t${this.#made}`;
    if (type === chargeType) {
      const currency = pick(["USD", "USD", "JPY", "KWD"]);
      return { tag, amount: this.#number("amount"), currency };
    }
    const data: Record<string, DataValue> = { tag };
    if (chance(0.9)) data.region = pick(["eu", "us", "ap"]);
    if (chance(0.7)) data.tier = pick<DataValue>(["1", { number: "2" }, { number: "2.5" }]);
    if (chance(0.9)) data.size = chance(0.04) ? "n/a" : this.#number("size");
    if (chance(0.3)) data.weight = this.#number("size");
    return data;
  }

  #number(what: "amount" | "size"): DataValue {
    const { pick, below, chance, between } = this.#random;
    const digits = (count: number) => Array.from({ length: count }, () => below(10)).join("");
    const decimals = between(1, what === "amount" ? 12 : 29);
    const whole = chance(0.8) ? String(below(5_000)) : `${between(1, 9)}${digits(Math.min(28 - decimals, below(20)))}`;
    const long = `${whole.slice(0, Math.max(1, 30 - decimals))}.${digits(decimals - 1)}${between(1, 9)}`;
    const sign = what === "size" && chance(0.05) ? "-" : "";
    const text = `${sign}${pick([String(below(2_000)), `${below(50)}.${between(1, 9)}`, long])}`;
    return chance(0.5) && !text.startsWith("-0") ? { number: text } : text.replace(/^-0$/, "0");
  }

  #copyOf({ event, time }: Sent): SentEvent {
    const { pick, chance, between } = this.#random;
    const other = chance(0.25) ? { ...event, data: { ...event.data, tag: `${dataTag(event)}'` } } : event;
    const apart = pick([
      0,
      0,
      0,
      between(1, 20 * minute),
      hour,
      between(2, 80) * hour,
      between(1, 34) * day,
      windowMs,
      windowMs + pick([1, second, hour, 3 * day]),
    ]);
    if (apart === 0) return event.time === undefined && chance(0.5) ? { ...other, time } : other;
    return { ...other, time: chance(0.5) ? time + apart : time - apart };
  }
}

function dataTag({ data }: SentEvent): string {
  return typeof data.tag === "string" ? data.tag : "";
}

/** Whether an event's time is taken; a margin is left for requests that are tried again some minutes later. */
function isTaken({ time }: SentEvent, now: number): boolean {
  return time === undefined || (time >= now - windowMs + 10 * minute && time <= now + aheadMs);
}
