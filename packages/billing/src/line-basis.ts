import {
  aggregationOf,
  chargeMeter,
  type Meter,
  type MeterSet,
  MeterState,
  metersOf,
  type Statement,
  stateOf,
  type Tally,
  type TimeRange,
  type ValueWindow,
} from "@farthing/metering";
import type { UsagePart } from "@farthing/pricing";
import { carriedTallies } from "./carried-facts.ts";
import type { ChargeWindow } from "./charge-window.ts";
import { intersect, isEmpty } from "./coverage.ts";
import { type CoveredTally, coveredTallies, type FactStores, type FactView } from "./fact-reader.ts";
import { stateOfPart } from "./priced-cells.ts";
import type { Seal, SealedLine } from "./seal.ts";

/** What a line was charged for at a seal: which stretch, and what was carried into it. */
export interface LineSide {
  readonly held: ValueWindow;
  /** None of a meter that carries nothing. */
  readonly carried: MeterState | undefined;
}

/** What a line had taken when a page ended, as text. What is left out is nothing. */
export interface LineStates {
  readonly kept: string;
  readonly gone?: string;
  /** What is carried into its period, at its seal and at the seal before. */
  readonly now?: string;
  readonly before?: string;
  /** Its transactions, where none was charged before. */
  readonly run?: string;
}

/** What the events of a line's seal are added to, and voided ones taken away from. */
export interface LineBasis {
  readonly now: LineSide | undefined;
  readonly before: LineSide | undefined;
  /** The events that were charged for before, and still are, with those that a page added. */
  readonly kept: MeterState;
  /** The same, with those that a page took away. */
  readonly gone: MeterState;
  /** Whether any event was charged for before. */
  readonly hadEvents: boolean;
  readonly run?: string | undefined;
}

/** A line with what it charges for. */
export interface BasisOrder {
  readonly line: SealedLine;
  readonly meter: Meter;
  readonly part: UsagePart | undefined;
  readonly windows: { readonly now: ChargeWindow | undefined; readonly before: ChargeWindow | undefined };
  readonly timezone: string;
}

/** A seal and those before it, with the statements that hold a line's events and what is carried into it. */
export interface SealedView {
  readonly seal: Seal;
  readonly seals: readonly Seal[];
  readonly sets: ReadonlyMap<number, MeterSet>;
  readonly statements: readonly Statement[];
}

/** Finds what a line's events are added to. */
export async function lineBasis(stores: FactStores, sealed: SealedView, order: BasisOrder): Promise<LineBasis> {
  const { seal, seals } = sealed;
  const earlier = seals.filter(({ number }) => number < seal.number);
  const [viewNow, viewBefore] = [viewOf(sealed, seals), viewOf(sealed, earlier)];
  const [heldNow, heldBefore] = heldOf(seal, order);
  const sideOf = async (view: FactView, held: ValueWindow | undefined): Promise<LineSide | undefined> =>
    held && { held, carried: await carriedState(stores, view, { sealed, order, from: held.from }) };
  const [now, before] = [await sideOf(viewNow, heldNow), await sideOf(viewBefore, heldBefore)];
  if (heldBefore === undefined) return { now, before, ...sameTwice(new MeterState(order.meter)), hadEvents: false };
  const had = ownTallies(sealed, order, await coveredTallies(stores, viewBefore, heldBefore, onlyOf(order)));
  const both = heldNow === undefined ? undefined : intersect(heldNow, heldBefore);
  const still = both === undefined || isEmpty(both) ? [] : await coveredTallies(stores, viewNow, both, onlyOf(order));
  const kept = ownTallies(
    sealed,
    order,
    still.filter((tally) => tally.seal < seal.number),
  );
  const hadEvents = had.some((tally) => hasCells(order, tally));
  return { now, before, ...sameTwice(stateIn(order, kept)), hadEvents };
}

/** What a line's events are added to where a page before has told what it had taken. */
export function resumedBasis(seal: Seal, order: BasisOrder, states: LineStates): LineBasis {
  const { meter } = order;
  const read = (text: string | undefined) => (text === undefined ? undefined : MeterState.read(meter, text));
  const [now, before] = heldOf(seal, order);
  return {
    now: now && { held: now, carried: read(states.now) },
    before: before && { held: before, carried: read(states.before) },
    kept: MeterState.read(meter, states.kept),
    gone: read(states.gone) ?? new MeterState(meter),
    hadEvents: states.gone !== undefined,
    run: states.run,
  };
}

function sameTwice(kept: MeterState): Pick<LineBasis, "kept" | "gone"> {
  return { kept, gone: kept.copy() };
}

/** What a line's subscription holds of its period at its seal, and held at the seal before. */
function heldOf({ number }: Seal, order: BasisOrder): readonly [ValueWindow | undefined, ValueWindow | undefined] {
  const { now, before } = order.windows;
  return [heldBy(order, now), number === 1 ? undefined : heldBy(order, before)];
}

function viewOf({ seal, statements }: SealedView, seals: readonly Seal[]): FactView {
  const steps = seals.map(({ number, frontier, meterRevision }) => ({ seal: number, frontier, meterRevision }));
  return { customer: seal.customer, steps, struck: seals.flatMap(({ struck }) => struck), statements };
}

function heldBy({ line, timezone }: BasisOrder, window: ChargeWindow | undefined): ValueWindow | undefined {
  const period: TimeRange = { from: line.key.periodFrom, to: line.key.periodTo };
  if (line.key.subscription === null) return { ...period, whole: period, timezone };
  if (window === undefined) return undefined;
  const held = intersect(period, window);
  return isEmpty(held) ? undefined : { ...held, whole: period, timezone: window.subscription.timezone };
}

async function carriedState(
  stores: FactStores,
  view: FactView,
  { sealed, order, from }: { readonly sealed: SealedView; readonly order: BasisOrder; readonly from: number },
): Promise<MeterState | undefined> {
  if (!aggregationOf(order.meter.aggregation).carries) return undefined;
  const tallies = await carriedTallies(stores, view, { from, meters: onlyOf(order) });
  return stateIn(order, ownTallies(sealed, order, tallies));
}

function onlyOf({ meter }: BasisOrder): ReadonlySet<string> {
  return new Set([meter.key]);
}

/** The tallies of facts that were billed by the line's definition of its meter. */
function ownTallies(
  { sets }: SealedView,
  { line, meter }: BasisOrder,
  tallies: readonly CoveredTally[],
): readonly Tally[] {
  const isOwn = (revision: number) =>
    metersOf(sets.get(revision) ?? { revision, meters: [] }).some(
      (one) => one.key === meter.key && one.revision === line.key.meterRevision,
    );
  return tallies.filter(({ meterRevision }) => isOwn(meterRevision)).map(({ tally }) => tally);
}

function stateIn({ line, meter, part }: BasisOrder, tallies: readonly Tally[]): MeterState {
  return part === undefined
    ? stateOf(tallies, meter, meter.key === chargeMeter.key ? { currency: line.key.currency } : {})
    : stateOfPart(part, meter, tallies);
}

function hasCells({ meter }: BasisOrder, { cells }: Tally): boolean {
  return cells.some((cell) => cell.meter === meter.key);
}
