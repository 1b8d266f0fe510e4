import { type Hour, hourMs, hourPlus } from "./hour.ts";
import { occurrencesOf } from "./occurrence.ts";
import { fingerprintsOf } from "./pages.ts";
import { type StandingVoid, voidsOf } from "./standing-void.ts";
import type { CustomerRef, Statement, StatementLog } from "./statement.ts";
import { identityWindowMs, judgeIdentity, type StruckFact } from "./verdict.ts";

/** A stretch of whole hours, `from ≤ hour < to`. */
export interface HourSpan {
  readonly from: Hour;
  readonly to: Hour;
}

/** As far as two copies of one identity can be apart, and the hours that hold their ends. */
const reachHours = identityWindowMs / hourMs + 1;

/**
 * The facts of some hours that do not count, by all of the customer's log: what seals would strike of them in the end. Looks
 * 35 days around the hours, and on from there only while copies follow each other; reads rows only where hashes repeat.
 *
 * Source: the protocol's rule 5 (docs/metering.md).
 */
export async function judgeHours(
  log: StatementLog,
  customer: CustomerRef,
  hours: HourSpan,
): Promise<readonly StruckFact[]> {
  const all = await log.entriesFrom(customer, 1);
  const voids = await voidsOf(log, customer, all);
  const filters = new Filters(log, customer);
  const asked = all.filter(({ hour }) => hour >= hours.from && hour < hours.to);
  const hashes = await repeated(filters, { asked, around: within(all, widened(hours)), voids });
  if (hashes.size === 0) return [];
  const suspects = await chained(filters, { all, hours, hashes });
  const occurrences = await occurrencesOf(log, customer, suspects, hashes);
  const numbers = new Set(asked.map(({ number }) => number));
  const struck = occurrences.flatMap((copies) => judgeIdentity(copies, { from: 1, before: new Set(), voids }));
  return struck.filter(({ entry }) => numbers.has(entry));
}

/** The filters of statements, each read once. */
class Filters {
  readonly #log: StatementLog;
  readonly #customer: CustomerRef;
  readonly #read = new Map<number, Uint32Array>();

  constructor(log: StatementLog, customer: CustomerRef) {
    this.#log = log;
    this.#customer = customer;
  }

  async of(statement: Statement): Promise<Uint32Array> {
    const known = this.#read.get(statement.number) ?? (await fingerprintsOf(this.#log, this.#customer, statement));
    this.#read.set(statement.number, known);
    return known;
  }

  async holding(statements: readonly Statement[], hashes: ReadonlySet<number>): Promise<readonly Statement[]> {
    const held: Statement[] = [];
    for (const statement of statements)
      if ((await this.of(statement)).some((hash) => hashes.has(hash))) held.push(statement);
    return held;
  }
}

/** The hashes that statements asked about share with others around them, or with a void. */
async function repeated(
  filters: Filters,
  {
    asked,
    around,
    voids,
  }: {
    readonly asked: readonly Statement[];
    readonly around: readonly Statement[];
    readonly voids: readonly StandingVoid[];
  },
): Promise<ReadonlySet<number>> {
  const owner = new Map<number, number>();
  const hashes = new Set<number>();
  const voided = new Set(voids.map(({ fingerprint }) => fingerprint));
  for (const statement of asked) {
    for (const hash of await filters.of(statement)) {
      if (voided.has(hash) || (owner.get(hash) ?? statement.number) !== statement.number) hashes.add(hash);
      owner.set(hash, statement.number);
    }
  }
  for (const statement of around) {
    for (const hash of await filters.of(statement)) {
      const other = owner.get(hash);
      if (other !== undefined && other !== statement.number) hashes.add(hash);
    }
  }
  return hashes;
}

/** The statements that hold copies: around the hours, and on from there until 35 days on either side hold none. */
async function chained(
  filters: Filters,
  {
    all,
    hours,
    hashes,
  }: { readonly all: readonly Statement[]; readonly hours: HourSpan; readonly hashes: ReadonlySet<number> },
): Promise<readonly Statement[]> {
  let span = widened(hours);
  let held = await filters.holding(within(all, span), hashes);
  for (;;) {
    const next = widened(span);
    const beyond = within(all, next).filter(({ hour }) => hour < span.from || hour >= span.to);
    const more = await filters.holding(beyond, hashes);
    if (more.length === 0) return held;
    held = [...held, ...more];
    span = next;
  }
}

function widened({ from, to }: HourSpan): HourSpan {
  return { from: hourPlus(from, -reachHours), to: hourPlus(to, reachHours) };
}

function within(all: readonly Statement[], { from, to }: HourSpan): readonly Statement[] {
  return all.filter(({ hour }) => hour >= from && hour < to);
}
