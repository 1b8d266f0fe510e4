import type { Meter, MeterState, Tally, ValueWindow } from "@farthing/metering";
import { type Decimal, zero } from "@farthing/money";
import type { CoveredTally } from "./fact-reader.ts";
import type { PeriodFacts } from "./line-draft.ts";

/** A definition of a meter, and the facts that were billed by it. */
export interface Generation {
  readonly meter: Meter;
  readonly tallies: readonly Tally[];
  readonly carried: readonly Tally[];
}

/** What a meter measured; nought where its aggregation has no value. */
export function measured(
  { tallies, carried }: Pick<Generation, "tallies" | "carried">,
  held: ValueWindow,
  stateIn: (tallies: readonly Tally[]) => MeterState,
): Decimal {
  return stateIn(tallies).value(held, stateIn(carried)) ?? zero;
}

/** Facts by the definition of a meter that they were billed with: those of different definitions are never added. */
export function generationsOf(
  key: string,
  { tallies, carried, sets }: Pick<PeriodFacts, "tallies" | "carried" | "sets">,
): readonly Generation[] {
  const byRevision = new Map<number, { meter: Meter; tallies: Tally[]; carried: Tally[] }>();
  const meters = new Map([...sets].map(([at, set]) => [at, set.meters.find((candidate) => candidate.key === key)]));
  const place = (all: readonly CoveredTally[], part: "tallies" | "carried") => {
    for (const { meterRevision, tally } of all) {
      const meter = meters.get(meterRevision);
      if (meter === undefined || (part === "carried" && !tally.cells.some((cell) => cell.meter === key))) continue;
      const generation = byRevision.get(meter.revision) ?? { meter, tallies: [], carried: [] };
      generation[part].push(tally);
      byRevision.set(meter.revision, generation);
    }
  };
  place(tallies, "tallies");
  place(carried, "carried");
  return [...byRevision.values()].sort((a, b) => a.meter.revision - b.meter.revision);
}
