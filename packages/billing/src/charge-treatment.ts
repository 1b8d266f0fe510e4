import { type MeterSet, metersOf } from "@farthing/metering";
import type { ChargeLine } from "./charge-line.ts";
import { coverages } from "./coverage.ts";
import { rowsByEntry } from "./fact-reader.ts";
import type { Seal } from "./seal.ts";
import type { LogRow } from "./sealed-rows.ts";

/** Whether a line was charged for a row at the seal before, and is at this one. */
export interface Standing {
  readonly was: boolean;
  readonly is: boolean;
}

/** Tells how a row stands with a line. */
export type Treatment = (row: LogRow, line: ChargeLine) => Standing;

const nowhere: Standing = { was: false, is: false };

/** What a seal does with a row for a line: adds it, takes it away again, or leaves it alone. */
export function changeOf({ was, is }: Standing): "add" | "void" | undefined {
  return was === is ? undefined : is ? "add" : "void";
}

/**
 * Tells how a seal treats rows: it adds what its line did not charge for before, and takes away what was charged and then
 * voided, or went to a subscription that was made since. A row is of those lines alone whose meter is defined as it was when
 * a seal first covered the row.
 *
 * `seals` are the seal and those before it that can have billed or judged the rows asked about, `sets` the meters that they
 * used, by revision.
 */
export function treatment(
  seal: Seal,
  { seals, sets }: { readonly seals: readonly Seal[]; readonly sets: ReadonlyMap<number, MeterSet> },
): Treatment {
  const steps = seals.map(({ number, frontier, meterRevision }) => ({ seal: number, frontier, meterRevision }));
  const earlier = rowsByEntry(seals.filter(({ number }) => number < seal.number).flatMap(({ struck }) => struck));
  const now = rowsByEntry(seal.struck);
  const defined = new Map([...sets].map(([revision, set]) => [revision, definitionsOf(set)]));
  const coverage = coverages(steps);
  return ({ entry, row, time }, line) => {
    if (earlier.get(entry)?.has(row)) return nowhere;
    const covered = coverage(entry).find(({ from, to }) => from <= time && time < to);
    if (covered === undefined) return nowhere;
    const { meter = "", key } = line.line;
    if (defined.get(covered.meterRevision)?.get(meter) !== key.meterRevision) return nowhere;
    const was = covered.seal < seal.number && line.heldBefore(time);
    const is = now.get(entry)?.has(row) !== true && line.holds(time);
    return { was, is };
  };
}

/** The revision at which each meter of a set was last defined. */
function definitionsOf(set: MeterSet): ReadonlyMap<string, number> {
  return new Map(metersOf(set).map(({ key, revision }) => [key, revision]));
}
