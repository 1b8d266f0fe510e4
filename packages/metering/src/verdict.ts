import { type Hour, hourPlus } from "./hour.ts";
import { type Occurrence, occurrencesOf } from "./occurrence.ts";
import { fingerprintsOf } from "./pages.ts";
import { means, type StandingVoid, voidsOf } from "./standing-void.ts";
import type { CustomerRef, Statement, StatementLog } from "./statement.ts";

/** A fact that does not count, and why; `row` is its place among the rows of its statement. Units: `time` in milliseconds. */
export interface StruckFact {
  readonly entry: number;
  readonly row: number;
  readonly time: number;
  readonly verdict: "duplicate" | "conflict" | "voided";
}

/** An identity that is used again further away than this, in event time, is another event. Units: milliseconds. */
export const identityWindowMs = 35 * 24 * 3_600_000;
const identityWindowHours = 35 * 24;

/** What `judge` looks at. */
export interface Judgement {
  readonly customer: CustomerRef;
  /** Entries from here on are new: their facts get their verdict now, once and for all but for voids to come. */
  readonly from: number;
  /** The last entry that counts. */
  readonly to: number;
  /** Voids that earlier judgements met. */
  readonly standing: readonly StandingVoid[];
  /** The facts of old entries, from the named one on, that earlier judgements struck, as "entry/row". */
  struckBefore(fromEntry: number): Promise<ReadonlySet<string>>;
}

/** What a judgement adds to the earlier ones. */
export interface Verdicts {
  readonly struck: readonly StruckFact[];
  readonly voids: readonly StandingVoid[];
}

/**
 * Gives the facts of new entries their verdict: a void beats every copy of its identity, wherever they lie; of copies within
 * 35 days of event time the one in the lowest entry counts. Rows are read only where hashes of identities repeat.
 *
 * Source: the protocol's rule 5 (docs/metering.md).
 */
export async function judge(log: StatementLog, judgement: Judgement): Promise<Verdicts> {
  const { customer, from, to, standing } = judgement;
  if (from > to) return { struck: [], voids: [] };
  const fresh = (await log.entriesFrom(customer, from)).filter(({ number }) => number <= to);
  const voids = await voidsOf(log, customer, fresh);
  const window = (await windowOf(log, customer, fresh, voids.length > 0)).filter(({ number }) => number <= to);
  const suspects = await suspectsOf(log, customer, window, { from, voids: [...standing, ...voids] });
  if (suspects.hashes.size === 0) return { struck: [], voids };
  const occurrences = await occurrencesOf(log, customer, suspects.entries, suspects.hashes);
  const lowest = Math.min(...suspects.entries.map(({ number }) => number));
  const before = lowest < from ? await judgement.struckBefore(lowest) : new Set<string>();
  const all = [...standing, ...voids];
  return { struck: occurrences.flatMap((copies) => judgeIdentity(copies, { from, before, voids: all })), voids };
}

/** Judges the copies of one identity, in order of entries; those before entry `from` that `before` names were struck already. */
export function judgeIdentity(
  copies: readonly Occurrence[],
  { from, before, voids }: { from: number; before: ReadonlySet<string>; voids: readonly StandingVoid[] },
): StruckFact[] {
  const counted: Occurrence[] = [];
  const struck: StruckFact[] = [];
  for (const copy of copies) {
    if (copy.entry < from && before.has(`${copy.entry}/${copy.row}`)) continue;
    const first = counted.find(({ time }) => Math.abs(time - copy.time) <= identityWindowMs);
    if (first === undefined || copy.entry < from) counted.push(copy);
    else
      struck.push(
        strike(copy, copy.page.sameContent(copy.pageRow, first.page, first.pageRow) ? "duplicate" : "conflict"),
      );
  }
  const [any] = copies;
  const voided = any !== undefined && voids.some((standing) => means(standing, any));
  return voided ? [...struck, ...counted.map((copy) => strike(copy, "voided"))] : struck;
}

function strike({ entry, row, time }: Occurrence, verdict: StruckFact["verdict"]): StruckFact {
  return { entry, row, time, verdict };
}

async function windowOf(
  log: StatementLog,
  customer: CustomerRef,
  fresh: readonly Statement[],
  whole: boolean,
): Promise<readonly Statement[]> {
  if (whole) return await log.entriesFrom(customer, 1);
  const hours = fresh.filter(({ counts }) => counts.events > 0).map(({ hour }) => hour);
  if (hours.length === 0) return [];
  const lowest = hours.reduce((a, b) => Math.min(a, b) as Hour);
  const highest = hours.reduce((a, b) => Math.max(a, b) as Hour);
  return await log.entriesOfHours(
    customer,
    hourPlus(lowest, -identityWindowHours - 1),
    hourPlus(highest, identityWindowHours + 2),
  );
}

/** Hashes that a new event shares with another entry or a void, and the entries that hold them. */
async function suspectsOf(
  log: StatementLog,
  customer: CustomerRef,
  window: readonly Statement[],
  { from, voids }: { readonly from: number; readonly voids: readonly StandingVoid[] },
): Promise<{ readonly hashes: ReadonlySet<number>; readonly entries: readonly Statement[] }> {
  const filters = new Map<Statement, Uint32Array>();
  for (const statement of window) filters.set(statement, await fingerprintsOf(log, customer, statement));
  const voided = new Set(voids.map(({ fingerprint }) => fingerprint));
  const owner = new Map<number, number>();
  const hashes = new Set<number>();
  for (const [{ number }, filter] of filters) {
    if (number < from) continue;
    for (const hash of filter) {
      if (voided.has(hash) || (owner.get(hash) ?? number) !== number) hashes.add(hash);
      else owner.set(hash, number);
    }
  }
  for (const [{ number }, filter] of filters) {
    if (number >= from) continue;
    for (const hash of filter) if (voided.has(hash) || owner.has(hash)) hashes.add(hash);
  }
  const entries = window.filter((statement) => filters.get(statement)?.some((hash) => hashes.has(hash)));
  return { hashes, entries };
}
