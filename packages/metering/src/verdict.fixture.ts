import fc from "fast-check";
import type { Fact } from "./event.ts";
import { hourOf } from "./hour.ts";
import {
  ann,
  event,
  hourMs,
  identityOf,
  type MeteringWorld,
  merchant,
  meteringWorld,
  meters,
  refOf,
  stored,
  ten,
  voiding,
} from "./metering.fixture.ts";
import { pagesOf } from "./pages.ts";
import { rollHour } from "./roll.ts";
import { identityWindowMs } from "./verdict.ts";

const day = 24 * hourMs;
const customer = refOf(ann);

/** A fact that stands alone in an entry of a log. */
export interface LoggedFact {
  readonly entry: number;
  readonly fact: Fact;
}

/** Rolls facts one after the other, so that each has an entry of its own. */
export async function rolledOneByOne(facts: readonly Fact[]): Promise<MeteringWorld> {
  const world = await meteringWorld();
  for (const [index, fact] of facts.entries()) await rollOne(world, fact, index);
  return world;
}

/** Rolls one fact that arrived as the so manyth. */
export async function rollOne(world: MeteringWorld, fact: Fact, index: number): Promise<void> {
  await rollHour(world, { merchant, hour: hourOf(fact.time), meters }, [stored([fact], ten + index)]);
}

/** The facts that a log counts before it is judged, where each stands in an entry of its own. */
export async function loggedFacts({ log }: MeteringWorld): Promise<readonly LoggedFact[]> {
  const rows: LoggedFact[] = [];
  for (const statement of await log.entriesFrom(customer, 1)) {
    const [page] = await pagesOf(log, customer, statement);
    const { events, voids } = statement.counts;
    if (page !== undefined && events + voids === 1) rows.push({ entry: statement.number, fact: page.fact(0) });
  }
  return rows;
}

/** What rule 5 says of a log, by looking at every pair. */
export function byTheRule(rows: readonly LoggedFact[]): ReadonlyMap<number, string> {
  const counted: LoggedFact[] = [];
  const struck = new Map<number, string>();
  for (const row of rows) {
    if (row.fact.kind === "void") continue;
    const copies = counted.some(
      ({ fact }) =>
        identityOf(fact) === identityOf(row.fact) && Math.abs(fact.time - row.fact.time) <= identityWindowMs,
    );
    if (copies) struck.set(row.entry, "copy");
    else counted.push(row);
  }
  const voided = new Set(rows.filter(({ fact }) => fact.kind === "void").map(({ fact }) => identityOf(fact)));
  for (const { entry, fact } of counted) if (voided.has(identityOf(fact))) struck.set(entry, "voided");
  return struck;
}

/** Events and voids of two ids, many of them 17, 34 or 35 days apart. */
export const farCopies: fc.Arbitrary<Fact> = fc
  .record({
    id: fc.constantFrom("a", "b"),
    after: fc.oneof(
      fc.integer({ min: -3, max: 3 }).map((n) => n * 17 * day),
      fc.constantFrom(0, identityWindowMs),
    ),
    isVoid: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
  })
  .map(({ id, after, isVoid }) => (isVoid ? voiding : event)(id, ten + after));
