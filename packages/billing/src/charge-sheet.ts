import type { MeterSet, Statement } from "@farthing/metering";
import { readDecimal } from "@farthing/money";
import { ChargeLine, meterOfLine } from "./charge-line.ts";
import { type Treatment, treatment } from "./charge-treatment.ts";
import { type ChargeWindow, plannedWindows } from "./charge-window.ts";
import { statementsIn } from "./fact-reader.ts";
import type { FoundInvoice } from "./read-invoices.ts";
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

/** Which lines to lay out, all where none is named, and what each had taken before, by its id. */
export interface SheetOrder {
  readonly line: string | undefined;
  readonly quantities: Readonly<Record<string, string>>;
}

/** Lays out the lines of an invoice, so that events can be added to them one by one. */
export async function openSheet(
  stores: ChargeStores,
  { seal, invoice }: FoundInvoice,
  { line: only, quantities }: SheetOrder,
): Promise<ChargeSheet> {
  const { customer, frontier } = seal;
  const asked = invoice.lines.filter(({ id }) => only === undefined || id === only);
  const lines = await chargeLinesOf(stores, seal, { lines: asked, quantities });
  const from = Math.min(...lines.map(({ line }) => line.key.periodFrom));
  const to = Math.min(frontier.cut, Math.max(...lines.map(({ line }) => line.key.periodTo)));
  const statements =
    lines.length === 0
      ? []
      : (await statementsIn(stores, customer, { from, to })).filter(({ number }) => number <= frontier.entry);
  const entry = Math.min(seal.frontier.entry, ...statements.map(({ number }) => number));
  const seals = await new SealChain(stores.seals, customer, seal).since({ time: from, entry });
  const sets = await setsOf(
    stores,
    seal,
    seals.map(({ meterRevision }) => meterRevision),
  );
  return { seal, lines, statements, treats: treatment(seal, { seals, sets }) };
}

async function chargeLinesOf(
  stores: ChargeStores,
  seal: Seal,
  { lines, quantities }: Pick<SheetOrder, "quantities"> & { readonly lines: readonly SealedLine[] },
): Promise<readonly ChargeLine[]> {
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
    const text = quantities[line.id];
    const quantity = text === undefined ? undefined : readDecimal(text);
    return [new ChargeLine(line, { meter, windows: { now: now.find(own), before: before.find(own) }, quantity })];
  });
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
