import type { Usage, UsageRow } from "@farthing/metering";
import { formatDecimal } from "@farthing/money";
import { identityOf, type SentFact } from "./sent-fact.ts";
import { hour } from "./timeline.ts";
import type { RequestState, Witness } from "./witness.ts";

/** A usage answer, with the steps at which the reading began and ended. */
export interface UsageReading {
  readonly usage: Usage;
  readonly meter: "requests" | "bytes";
  readonly customer: string | undefined;
  readonly from: number;
  readonly to: number;
  readonly began: number;
  readonly ended: number;
}

/**
 * Holds an answer against what was sent: it shows every event whose request was answered before the reading began, no more
 * than once in neighbouring hours, none that was never sent, and none that a void was answered for.
 */
export function checkUsage(reading: UsageReading, witness: Witness): void {
  const counted = countsByIdentity(reading, witness);
  const asked = (fact: SentFact) => reading.customer === undefined || fact.customer === reading.customer;
  const begun = factsOf(witness.requests, ({ begunAt }) => begunAt !== undefined && begunAt <= reading.ended);
  const answered = factsOf(
    witness.requests,
    ({ answeredAt }) => answeredAt !== undefined && answeredAt < reading.began,
  );
  const within = (fact: SentFact) => fact.time >= reading.from && fact.time < reading.to;
  for (const [identity, facts] of Map.groupBy(begun.filter(asked), identityOf)) {
    const events = facts.filter((fact) => fact.kind === "event" && within(fact));
    const mine = answered.filter((fact) => identityOf(fact) === identity);
    const least = events.every(({ type }) => type === "request") && facts.every(({ kind }) => kind === "event") ? 1 : 0;
    const most = mine.some(({ kind }) => kind === "void") ? 0 : apart(events.filter(({ type }) => type === "request"));
    const shown = counted.get(identity) ?? 0;
    counted.delete(identity);
    if (witness.isDamaged(identity)) continue;
    const sure = mine.some((fact) => fact.kind === "event" && within(fact)) ? least : 0;
    if (shown < sure) witness.blame(`a reader missed ${identity}, which was answered before it began`);
    if (shown > most) witness.blame(`a reader counted ${identity} ${shown} times, at most ${most} being right`);
  }
  for (const identity of counted.keys()) witness.blame(`a reader counted ${identity}, which was never sent`);
}

function countsByIdentity({ usage, meter }: UsageReading, witness: Witness): Map<string, number> {
  const facts = new Map(factsOf(witness.requests, () => true).map((fact) => [fact.tag, fact]));
  const counts = new Map<string, number>();
  for (const row of usage.rows) {
    const value = row.value === null ? 0 : Number(formatDecimal(row.value));
    if (value === 0) continue;
    const fact = facts.get(row.group?.tag ?? "");
    if (fact === undefined) {
      witness.blame(`a reader was shown ${JSON.stringify(row.group)}, which nobody sent`);
      continue;
    }
    if (!fact.serverTime && !holds(row, fact.time)) witness.blame(`a reader was shown ${fact.tag} in another window`);
    const identity = identityOf(fact);
    counts.set(identity, (counts.get(identity) ?? 0) + (meter === "bytes" ? value / fact.bytes : value));
  }
  return counts;
}

function holds({ from, to }: UsageRow, time: number): boolean {
  return from <= time && time < to;
}

function factsOf(requests: readonly RequestState[], which: (state: RequestState) => boolean): readonly SentFact[] {
  return requests.filter(which).flatMap(({ request }) => request.facts);
}

/** How many events can count apart while live usage compares neighbouring hours alone. */
function apart(events: readonly SentFact[]): number {
  const hours = [...new Set(events.map(({ time }) => Math.floor(time / hour)))].sort((a, b) => a - b);
  let [count, last] = [0, Number.NEGATIVE_INFINITY];
  for (const at of hours) {
    if (at - last < 2) continue;
    count += 1;
    last = at;
  }
  return count;
}
