import type { MeterSet, Statement } from "@farthing/metering";
import {
  type Decimal,
  formatDecimal,
  formatPicos,
  type MerchantId,
  noMoney,
  ok,
  type Picos,
  picosFrom,
  type Result,
  readDecimal,
  sum,
} from "@farthing/money";
import { ChargeLine, meterOfLine } from "./charge-line.ts";
import { type Treatment, treatment } from "./charge-treatment.ts";
import { type ChargeWindow, plannedWindows } from "./charge-window.ts";
import { timeText } from "./documents.ts";
import { statementsIn } from "./fact-reader.ts";
import type { Listed, ListPage, NotFound } from "./read-customers.ts";
import { type FoundInvoice, findInvoice } from "./read-invoices.ts";
import type { RenderStores } from "./render-seal.ts";
import type { Seal, Seals } from "./seal.ts";
import { SealChain } from "./seal-chain.ts";
import { byHour, type LogRow, rowsOfHour } from "./sealed-rows.ts";
import type { Subscriptions } from "./subscription.ts";

/** A micro-charge: what the bill grew by when one event was added to one of its lines. */
export interface MicroCharge {
  readonly id: string;
  readonly source?: string;
  readonly time: string;
  readonly type: string;
  readonly line: string;
  readonly meter?: string;
  readonly group?: Readonly<Record<string, string>>;
  readonly quantity: string;
  readonly amount: string;
  readonly running: string;
}

/** What listing charges reads. */
export interface ChargeStores extends RenderStores {
  readonly seals: Seals;
  readonly subscriptions: Pick<Subscriptions, "subscriptionsOf">;
}

/** Where a page of charges ended: the hour, the rows of it that were passed, what each line had, and the sum so far. */
interface Position {
  readonly hour: number;
  readonly row: number;
  readonly quantities: Readonly<Record<string, string>>;
  readonly running: string;
}

/**
 * Lists the micro-charges behind an invoice in order of (time, id). An event's amount is what the bill grew by when it was
 * added in that order, so the amounts add up to the exact amounts of the invoice's metered lines; a voided event that was
 * billed before is taken away with a negative amount. `line` lists those of one line.
 *
 * Errors: `not_found`.
 */
export async function listCharges(
  stores: ChargeStores,
  {
    merchant,
    id,
    line,
    limit,
    after,
  }: ListPage & { readonly merchant: MerchantId; readonly id: string; readonly line?: string | undefined },
): Promise<Result<Listed<MicroCharge>, NotFound>> {
  const found = await findInvoice(stores.seals, merchant, id);
  if (!found.ok) return found;
  const start = after === undefined ? undefined : (JSON.parse(after) as Position);
  const sheet = await openSheet(stores, found.value, { line, start });
  return ok(await readCharges(stores, sheet, { limit, start }));
}

interface Sheet {
  readonly seal: Seal;
  readonly lines: readonly ChargeLine[];
  readonly statements: readonly Statement[];
  readonly treats: Treatment;
}

async function openSheet(
  stores: ChargeStores,
  { seal, invoice }: FoundInvoice,
  { line: only, start }: { readonly line: string | undefined; readonly start: Position | undefined },
): Promise<Sheet> {
  const { customer, frontier } = seal;
  const set = await stores.meters.metersAt(customer.merchant, seal.meterRevision);
  const lines = (await chargeLinesOf(stores, { seal, invoice }, { set, start })).filter(
    ({ line }) => only === undefined || line.id === only,
  );
  const from = Math.min(...lines.map(({ line }) => line.key.periodFrom));
  const to = Math.min(frontier.cut, Math.max(...lines.map(({ line }) => line.key.periodTo)));
  const statements =
    lines.length === 0
      ? []
      : (await statementsIn(stores, customer, { from, to })).filter(({ number }) => number <= frontier.entry);
  const entry = Math.min(seal.frontier.entry, ...statements.map(({ number }) => number));
  const chain = new SealChain(stores.seals, customer, seal);
  const seals = await chain.since({ time: from, entry });
  return { seal, lines, statements, treats: treatment(seal, seals) };
}

async function chargeLinesOf(
  stores: ChargeStores,
  { seal, invoice }: FoundInvoice,
  { set, start }: { readonly set: MeterSet; readonly start: Position | undefined },
): Promise<readonly ChargeLine[]> {
  const last = seal.number === 1 ? undefined : await stores.seals.seal(seal.customer, seal.number - 1);
  const [now, before] = [await windowsOf(stores, seal), await windowsOf(stores, last)];
  return invoice.lines.flatMap((line) => {
    const meter = meterOfLine(line, set);
    if (meter === undefined) return [];
    const own = ({ subscription }: ChargeWindow) => subscription.id === line.key.subscription;
    const text = start?.quantities[line.id];
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

async function readCharges(
  stores: ChargeStores,
  sheet: Sheet,
  { limit, start }: { readonly limit: number; readonly start: Position | undefined },
): Promise<Listed<MicroCharge>> {
  const items: MicroCharge[] = [];
  let running = start === undefined ? noMoney : picosFrom(BigInt(start.running));
  for (const [hour, statements] of byHour(sheet.statements)) {
    if (start !== undefined && hour < start.hour) continue;
    const rows = await rowsOfHour(stores.log, sheet.seal.customer, statements);
    for (let at = hour === start?.hour ? start.row : 0; at < rows.length; at++) {
      const row = rows[at];
      if (row === undefined) continue;
      if (items.length >= limit)
        return { items, next: positionText({ hour, row: at, running: running.toString() }, sheet) };
      for (const charge of chargesOfRow(sheet, row, running)) {
        items.push(charge.item);
        running = charge.running;
      }
    }
  }
  return { items };
}

function positionText(at: Omit<Position, "quantities">, { lines }: Sheet): string {
  const quantities = Object.fromEntries(lines.map(({ line, quantity }) => [line.id, formatDecimal(quantity)]));
  return JSON.stringify({ ...at, quantities });
}

function chargesOfRow(
  sheet: Sheet,
  row: LogRow,
  before: Picos,
): readonly { readonly item: MicroCharge; readonly running: Picos }[] {
  let running = before;
  return sheet.lines.flatMap((line) => {
    const how = sheet.treats(row, line);
    const growth = how === undefined ? undefined : line.take(row.page, row.pageRow, how);
    if (growth === undefined) return [];
    running = sum([running, growth.amount]);
    return [{ item: charge(line, row, { ...growth, running }), running }];
  });
}

function charge(
  { line }: ChargeLine,
  { page, pageRow, time }: LogRow,
  { quantity, amount, running }: { readonly quantity: Decimal; readonly amount: Picos; readonly running: Picos },
): MicroCharge {
  const source = page.source(pageRow);
  return {
    id: page.id(pageRow),
    ...(source === undefined ? {} : { source }),
    time: timeText(time),
    type: page.types[page.typeIndex[pageRow] ?? 0] ?? "",
    line: line.id,
    ...(line.meter === undefined ? {} : { meter: line.meter }),
    ...(line.group === undefined ? {} : { group: line.group }),
    quantity: formatDecimal(quantity),
    amount: formatPicos(amount),
    running: formatPicos(running),
  };
}
