import { identityOf, type SentEvent, type SentFact, type SentVoid } from "./facts.ts";
import type { Happening } from "./run-story.ts";
import { aheadMs, windowMs } from "./spans.ts";

/** A fact that a client was answered for, with the time that it has. Units: milliseconds. */
export interface AnsweredFact {
  readonly fact: SentFact;
  readonly time: number;
  /** When it was first answered. */
  readonly at: number;
}

/** An event among them. */
export interface AnsweredEvent extends AnsweredFact {
  readonly fact: SentEvent;
}

/** What a request was answered, by the test's own reckoning. */
export interface ExpectedAnswer {
  readonly accepted: number;
  readonly duplicates: number;
  readonly rejectedCount: number;
}

/** The facts of one request. */
export interface Reckoned {
  readonly facts: readonly AnsweredFact[];
  readonly answer: ExpectedAnswer;
}

/** Every fact that was answered, once however often it was sent. */
export function answeredFacts(happened: readonly Happening[]): ReadonlyMap<string, AnsweredFact> {
  const all = new Map<string, AnsweredFact>();
  for (const [index] of happened.entries()) {
    for (const answered of reckon(happened, index).facts) {
      const key = factKey(answered);
      if (!all.has(key)) all.set(key, answered);
    }
  }
  return all;
}

/** What became of what a scene sent: its events too old or too far ahead are refused, exact copies in it are left out. */
export function reckon(happened: readonly Happening[], index: number): Reckoned {
  const { deed, at } = happened[index] ?? {};
  const none = { facts: [], answer: { accepted: 0, duplicates: 0, rejectedCount: 0 } };
  if (deed === undefined || at === undefined) return none;
  if (deed.do === "void") return { ...none, facts: [answeredVoid(deed.fact, at)] };
  if (deed.do === "replace") {
    const { facts } = reckonEvents([deed.event], { at, receivedAt: at });
    return { ...none, facts: [answeredVoid(deed.fact, at), ...facts] };
  }
  if (deed.do === "send") return reckonEvents(deed.events, { at, receivedAt: at });
  const first = deed.do === "send again" ? happened.find((one) => one.deed.at === deed.sentAt) : undefined;
  return first?.deed.do === "send" ? reckonEvents(first.deed.events, { at, receivedAt: first.at }) : none;
}

function reckonEvents(
  events: readonly SentEvent[],
  { at, receivedAt }: { readonly at: number; readonly receivedAt: number },
): Reckoned {
  const own = new Map<string, AnsweredFact>();
  let [rejectedCount, duplicates] = [0, 0];
  for (const fact of events) {
    const answered = { fact, time: fact.time ?? receivedAt, at };
    const key = factKey(answered);
    if (fact.time !== undefined && (fact.time < at - windowMs || fact.time > at + aheadMs)) rejectedCount += 1;
    else if (own.has(key)) duplicates += 1;
    else own.set(key, answered);
  }
  return { facts: [...own.values()], answer: { accepted: own.size, duplicates, rejectedCount } };
}

function answeredVoid(fact: SentVoid, at: number): AnsweredFact {
  return { fact, time: fact.time === undefined || fact.time > at + aheadMs ? at : fact.time, at };
}

/** Names a fact's identity, content and time; a time of the server's is told apart from the same one of a client's. */
export function factKey({ fact, time }: Pick<AnsweredFact, "fact" | "time">): string {
  const content = fact.kind === "event" ? [fact.type, fact.data.tag] : [];
  return JSON.stringify([fact.kind, identityOf(fact), time, fact.time === undefined, ...content]);
}

/** Whether two events say the same; times are compared where both clients named one. */
export function sameContent(a: AnsweredEvent, b: AnsweredEvent): boolean {
  if (a.fact.time !== undefined && b.fact.time !== undefined && a.time !== b.time) return false;
  return a.fact.type === b.fact.type && JSON.stringify(a.fact.data) === JSON.stringify(b.fact.data);
}
