import { aggregationOf, type Hour, hourOf, keptMeters, type Statement } from "@farthing/metering";
import { isMetered, keptPlans, partsOf, type UsagePart } from "@farthing/pricing";
import { ChargeLine, type LineWindows, meterOfLine } from "./charge-line.ts";
import { type ChargeWindow, plannedWindows } from "./charge-window.ts";
import { chargedBy } from "./charged-by.ts";
import { statementsIn } from "./fact-reader.ts";
import { type BasisOrder, type LineStates, lineBasis, resumedBasis } from "./line-basis.ts";
import type { FoundInvoice } from "./live-invoice.ts";
import type { RenderStores } from "./render-seal.ts";
import type { Seal, SealedLine, Seals } from "./seal.ts";
import { SealChain } from "./seal-chain.ts";
import { setsAt } from "./sets-at.ts";
import { type SheetHour, sheetHours } from "./sheet-hours.ts";
import type { Subscriptions } from "./subscription.ts";

/** What laying out the lines of an invoice reads. */
export interface SheetStores extends RenderStores {
  readonly seals: Seals;
  readonly subscriptions: Pick<Subscriptions, "subscriptionsOf">;
}

/** An invoice's metered lines, and the hours whose events can have changed them. */
export interface ChargeSheet {
  readonly seal: Seal;
  readonly lines: readonly ChargeLine[];
  hoursFrom(hour: Hour): AsyncIterable<SheetHour>;
}

/** Which lines to lay out, all where none is named, and what each had taken before, where that is known. */
export interface SheetOrder {
  readonly line?: string | undefined;
  readonly states?: readonly LineStates[] | undefined;
}

/** Lays out the lines of an invoice, so that events can be added to them one by one. */
export async function openSheet(
  given: SheetStores,
  { seal, invoice }: FoundInvoice,
  { line: only, states }: SheetOrder,
): Promise<ChargeSheet> {
  const stores = { ...given, meters: keptMeters(given.meters), plans: keptPlans(given.plans) };
  const all = await drawnLines(stores, seal, invoice.lines);
  const drawn = all.filter(({ line }) => only === undefined || line.id === only);
  const chain = new SealChain(stores.seals, seal.customer, seal);
  const lines = states === undefined ? await newLines(stores, { seal, chain, drawn }) : goneOn(seal, drawn, states);
  const range = { from: periodStart(drawn), to: Math.min(seal.frontier.cut, periodEnd(drawn)) };
  return { seal, lines, hoursFrom: (hour) => sheetHours(stores, { seal, chain, range }, hour) };
}

/** How many events may lie in the hours of a sheet. */
export async function eventsOf({ hoursFrom }: ChargeSheet): Promise<number> {
  let events = 0;
  for await (const { statements } of hoursFrom(hourOf(0)))
    events += statements.reduce((sum, { counts }) => sum + counts.events, 0);
  return events;
}

async function newLines(
  stores: SheetStores,
  { seal, chain, drawn }: { readonly seal: Seal; readonly chain: SealChain; readonly drawn: readonly DrawnLine[] },
): Promise<readonly ChargeLine[]> {
  const statements = await basisStatements(stores, seal, drawn);
  const entry = Math.min(seal.frontier.entry, ...statements.map(({ number }) => number));
  const time = Math.min(...statements.map(({ first }) => first), periodStart(drawn));
  const seals = await chain.since({ time, entry });
  const revisions = seals.map(({ meterRevision }) => meterRevision);
  const sealed = { seal, seals, statements, sets: await setsAt(stores.meters, seal.customer.merchant, revisions) };
  const lines: ChargeLine[] = [];
  for (const one of drawn)
    lines.push(new ChargeLine(one.line, { ...one, basis: await lineBasis(stores, sealed, one) }));
  return lines;
}

/** Goes on with lines where a page before ended; its states are in their order. */
function goneOn(seal: Seal, drawn: readonly DrawnLine[], states: readonly LineStates[]): readonly ChargeLine[] {
  return drawn.map((one, index) => {
    const own = states[index];
    if (own === undefined) throw new Error("a cursor that is short of a line");
    return new ChargeLine(one.line, { ...one, basis: resumedBasis(seal, one, own) });
  });
}

function periodStart(drawn: readonly DrawnLine[]): number {
  return Math.min(...drawn.map(({ line }) => line.key.periodFrom));
}

function periodEnd(drawn: readonly DrawnLine[]): number {
  return Math.max(...drawn.map(({ line }) => line.key.periodTo));
}

/** The statements with what was charged on the lines before, and with what is carried into them. */
async function basisStatements(
  stores: SheetStores,
  { customer, frontier, number }: Seal,
  drawn: readonly DrawnLine[],
): Promise<readonly Statement[]> {
  const carries = drawn.some(({ meter }) => aggregationOf(meter.aggregation).carries);
  if (drawn.length === 0 || (number === 1 && !carries)) return [];
  const to = Math.min(frontier.cut, periodEnd(drawn));
  const found = await statementsIn(stores, customer, { from: carries ? 0 : periodStart(drawn), to });
  return found.filter(({ number: entry }) => entry <= frontier.entry);
}

/** A metered line, with what it charges for. */
type DrawnLine = BasisOrder & { readonly number: number };

async function drawnLines(
  stores: SheetStores,
  seal: Seal,
  lines: readonly SealedLine[],
): Promise<readonly DrawnLine[]> {
  const last = seal.number === 1 ? undefined : await stores.seals.seal(seal.customer, seal.number - 1);
  const [now, before] = [await windowsOf(stores, seal), await windowsOf(stores, last)];
  // A meter's revision is the set in which it was defined so.
  const revisions = lines.map(({ key }) => key.meterRevision);
  const sets = await setsAt(stores.meters, seal.customer.merchant, revisions);
  return lines.flatMap((line, number) => {
    const meter = meterOfLine(line, sets.get(line.key.meterRevision));
    if (meter === undefined) return [];
    const own = ({ key }: ChargeWindow) => key === line.key.subscription;
    const windows = { now: now.find(own), before: before.find(own) };
    return [{ line, number, meter, windows, part: partOf(line, windows), timezone: seal.timezone }];
  });
}

/** The part of a plan's price that a line is of; none for direct charges. */
function partOf({ key }: SealedLine, { now, before }: LineWindows): UsagePart | undefined {
  const prices = (now ?? before)?.plan.prices ?? [];
  return prices
    .filter(isMetered)
    .flatMap(partsOf)
    .find((part) => part.key === key.price);
}

/** When each subscription charged that a seal charged by. */
async function windowsOf(stores: SheetStores, seal: Seal | undefined): Promise<readonly ChargeWindow[]> {
  if (seal === undefined) return [];
  const { merchant, customer } = seal.customer;
  const subscriptions = await stores.subscriptions.subscriptionsOf(merchant, customer);
  return await plannedWindows(stores.plans, merchant, chargedBy(seal, subscriptions));
}
