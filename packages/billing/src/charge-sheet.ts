import { aggregationOf, type MeterSet, type Statement } from "@farthing/metering";
import { isMetered, partsOf, type UsagePart } from "@farthing/pricing";
import { ChargeLine, type LineStates, type LineWindows, meterOfLine } from "./charge-line.ts";
import { type Treatment, treatment } from "./charge-treatment.ts";
import { type ChargeWindow, plannedWindows } from "./charge-window.ts";
import { statementsIn } from "./fact-reader.ts";
import { type BasisOrder, lineBasis } from "./line-basis.ts";
import type { FoundInvoice } from "./live-invoice.ts";
import type { RenderStores } from "./render-seal.ts";
import type { Seal, SealedLine, Seals } from "./seal.ts";
import { SealChain } from "./seal-chain.ts";
import type { Subscriptions } from "./subscription.ts";

/** What listing charges reads. */
export interface ChargeStores extends RenderStores {
  readonly seals: Seals;
  readonly subscriptions: Pick<Subscriptions, "subscriptionsOf">;
}

/** An invoice's metered lines, the statements whose events can have changed them, and how the seal treats an event. */
export interface ChargeSheet {
  readonly seal: Seal;
  readonly lines: readonly ChargeLine[];
  readonly statements: readonly Statement[];
  readonly treats: Treatment;
}

/** Which lines to lay out, all where none is named, and what each had taken before, by its id, where that is known. */
export interface SheetOrder {
  readonly line: string | undefined;
  readonly states: Readonly<Record<string, LineStates>> | undefined;
}

/** Lays out the lines of an invoice, so that events can be added to them one by one. */
export async function openSheet(
  stores: ChargeStores,
  { seal, invoice }: FoundInvoice,
  { line: only, states }: SheetOrder,
): Promise<ChargeSheet> {
  const asked = invoice.lines.filter(({ id }) => only === undefined || id === only);
  const drawn = await drawnLines(stores, seal, asked);
  const statements = await statementsOf(stores, seal, drawn);
  const entry = Math.min(seal.frontier.entry, ...statements.map(({ number }) => number));
  const time = Math.min(...statements.map(({ first }) => first), ...drawn.map(({ line }) => line.key.periodFrom));
  const seals = await new SealChain(stores.seals, seal.customer, seal).since({ time, entry });
  const revisions = seals.map(({ meterRevision }) => meterRevision);
  const sealed = { seal, seals, statements, sets: await setsOf(stores, seal, revisions) };
  const lines: ChargeLine[] = [];
  for (const one of drawn) {
    const own = states?.[one.line.id];
    const basis = await lineBasis(stores, sealed, { ...one, timezone: seal.timezone }, own === undefined);
    lines.push(new ChargeLine(one.line, { ...one, basis, states: own }));
  }
  const from = Math.min(...drawn.map(({ line }) => line.key.periodFrom));
  return { seal, lines, statements: statements.filter(({ last }) => last >= from), treats: treatment(seal, sealed) };
}

/** The statements with events of the lines, and with what is carried into them. */
async function statementsOf(
  stores: ChargeStores,
  { customer, frontier }: Seal,
  drawn: readonly DrawnLine[],
): Promise<readonly Statement[]> {
  if (drawn.length === 0) return [];
  const carries = drawn.some(({ meter }) => aggregationOf(meter.aggregation).carries);
  const from = carries ? 0 : Math.min(...drawn.map(({ line }) => line.key.periodFrom));
  const to = Math.min(frontier.cut, Math.max(...drawn.map(({ line }) => line.key.periodTo)));
  return (await statementsIn(stores, customer, { from, to })).filter(({ number }) => number <= frontier.entry);
}

/** A metered line, with what it charges for. */
type DrawnLine = Omit<BasisOrder, "timezone">;

async function drawnLines(
  stores: ChargeStores,
  seal: Seal,
  lines: readonly SealedLine[],
): Promise<readonly DrawnLine[]> {
  const last = seal.number === 1 ? undefined : await stores.seals.seal(seal.customer, seal.number - 1);
  const [now, before] = [await windowsOf(stores, seal), await windowsOf(stores, last)];
  // A meter's revision is the set in which it was defined so.
  const sets = await setsOf(
    stores,
    seal,
    lines.map(({ key }) => key.meterRevision),
  );
  return lines.flatMap((line) => {
    const meter = meterOfLine(line, sets.get(line.key.meterRevision));
    if (meter === undefined) return [];
    const own = ({ subscription }: ChargeWindow) => subscription.id === line.key.subscription;
    const windows = { now: now.find(own), before: before.find(own) };
    return [{ line, meter, windows, part: partOf(line, windows) }];
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
async function windowsOf(stores: ChargeStores, seal: Seal | undefined): Promise<readonly ChargeWindow[]> {
  if (seal === undefined) return [];
  const { merchant, customer } = seal.customer;
  const subscriptions = await stores.subscriptions.subscriptionsOf(merchant, customer);
  const charged = subscriptions.filter(({ id }) => seal.subscriptions.includes(id));
  return await plannedWindows(stores.plans, merchant, charged);
}

async function setsOf(
  { meters }: ChargeStores,
  { customer }: Seal,
  revisions: readonly number[],
): Promise<ReadonlyMap<number, MeterSet>> {
  const sets = [...new Set(revisions)].map(
    async (revision) => [revision, await meters.metersAt(customer.merchant, revision)] as const,
  );
  return new Map(await Promise.all(sets));
}
