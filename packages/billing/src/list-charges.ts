import {
  formatDecimal,
  formatPicos,
  type MerchantId,
  ok,
  type Picos,
  picosFrom,
  type Result,
  sum,
} from "@farthing/money";
import type { ChargeLine, LineStates } from "./charge-line.ts";
import { type ChargeSheet, type ChargeStores, openSheet } from "./charge-sheet.ts";
import { changeOf } from "./charge-treatment.ts";
import { timeText } from "./documents.ts";
import type { Listed, ListPage, NotFound } from "./read-customers.ts";
import { findInvoice } from "./read-invoices.ts";
import { byHour, type LogRow, rowsOfHour } from "./sealed-rows.ts";

/**
 * A micro-charge: what the bill grew by when one event was added to one of its lines. One of kind `carried` has no event: it is
 * what values that are carried into a line's period come to, and has the line's id; its time is the period's start.
 */
export interface MicroCharge {
  readonly kind: "event" | "carried";
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

/** A line that a row of an hour may add to. */
interface Place {
  readonly row: number;
  readonly line: number;
}

/**
 * Where a page of charges ended: the first place that was not looked at (in hour −1 those of what is carried), what each line
 * had, where that is short, and the sum so far.
 */
interface Position extends Place {
  readonly hour: number;
  readonly states?: Readonly<Record<string, LineStates>>;
  readonly running: string;
}

/** Before all hours: where lines show what is carried into them. */
const openingHour = -1;
/** As much of its lines' states as a cursor holds; larger ones are folded again. Units: characters. */
const longestStates = 1_000;

/**
 * Lists the micro-charges behind an invoice in order of (time, id). An event's amount is what the bill grew by when it was
 * added in that order, so the amounts add up to the exact amounts of the invoice's metered lines; a voided event that was
 * billed before is taken away with what it had added. What is carried into lines comes first. `line` lists those of one line.
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
  const sheet = await openSheet(stores, found.value, { line, states: start?.states });
  return ok(await readCharges(stores, sheet, { limit, start }));
}

async function readCharges(
  stores: ChargeStores,
  sheet: ChargeSheet,
  { limit, start }: { readonly limit: number; readonly start: Position | undefined },
): Promise<Listed<MicroCharge>> {
  const begin = start ?? { hour: openingHour, row: 0, line: 0, running: "0" };
  await layOut(stores, sheet, begin);
  if (begin.hour !== openingHour && start?.states === undefined) await foldAgain(stores, sheet, begin);
  const items: MicroCharge[] = [];
  let running = picosFrom(BigInt(begin.running));
  for await (const { place, charge } of chargesFrom(stores, sheet, begin)) {
    if (items.length >= limit) return { items, next: positionText({ ...place, running: running.toString() }, sheet) };
    const grown = charge();
    if (grown === undefined) continue;
    running = sum([running, grown.amount]);
    items.push({ ...grown.shown, amount: formatPicos(grown.amount), running: formatPicos(running) });
  }
  return { items };
}

/** A place, and what its line grows by when it is reached. */
interface Step {
  readonly place: Place & { readonly hour: number };
  readonly charge: () => { readonly shown: ShownCharge; readonly amount: Picos } | undefined;
}

async function* chargesFrom(stores: ChargeStores, sheet: ChargeSheet, from: Position): AsyncGenerator<Step, void> {
  if (from.hour === openingHour) {
    for (const [line, one] of sheet.lines.entries())
      if (line >= from.line) yield { place: { hour: openingHour, row: 0, line }, charge: () => openingOf(one) };
  }
  for (const [hour, statements] of byHour(sheet.statements)) {
    if (hour < from.hour) continue;
    const rows = await rowsOfHour(stores.log, sheet.seal.customer, statements);
    for (const place of placesIn(rows, sheet, hour === from.hour ? from : { row: 0, line: 0 }))
      yield { place: { ...place, hour }, charge: () => chargeAt(sheet, rows, place) };
  }
}

/** Takes the events before a page's start once more, where the cursor could not hold what they came to. */
async function foldAgain(stores: ChargeStores, sheet: ChargeSheet, start: Position): Promise<void> {
  for await (const { place, charge } of chargesFrom(stores, sheet, { ...start, hour: 0 })) {
    if (!isBefore(place, start)) return;
    charge();
  }
}

/** Lays out the lines that need all their events: those before a page's start stand as this seal leaves them. */
async function layOut(
  stores: ChargeStores,
  { lines, statements, seal, treats }: ChargeSheet,
  start: Position,
): Promise<void> {
  if (!lines.some(({ isPerTransaction }) => isPerTransaction)) return;
  for (const [hour, ofHour] of byHour(statements)) {
    const rows = await rowsOfHour(stores.log, seal.customer, ofHour);
    for (const [row, one] of rows.entries()) {
      for (const [line, charged] of lines.entries()) {
        const { was, is } = treats(one, charged);
        if (was || is) charged.lay(one, isBefore({ hour, row, line }, start) ? is : was);
      }
    }
  }
}

function isBefore(place: Place & { readonly hour: number }, start: Position): boolean {
  return (place.hour - start.hour || place.row - start.row || place.line - start.line) < 0;
}

function* placesIn(rows: readonly LogRow[], { lines }: ChargeSheet, from: Place): Iterable<Place> {
  for (let row = from.row; row < rows.length; row++) {
    for (let line = row === from.row ? from.line : 0; line < lines.length; line++) yield { row, line };
  }
}

function positionText(at: Omit<Position, "states">, { lines }: ChargeSheet): string {
  const states = Object.fromEntries(lines.map((one) => [one.line.id, one.states]));
  const isShort = at.hour !== openingHour && JSON.stringify(states).length <= longestStates;
  return JSON.stringify(isShort ? { ...at, states } : at);
}

type ShownCharge = Omit<MicroCharge, "amount" | "running">;

function chargeAt(
  sheet: ChargeSheet,
  rows: readonly LogRow[],
  place: Place,
): { readonly shown: ShownCharge; readonly amount: Picos } | undefined {
  const [row, line] = [rows[place.row], sheet.lines[place.line]];
  if (row === undefined || line === undefined) return undefined;
  const how = changeOf(sheet.treats(row, line));
  const growth = how === undefined ? undefined : line.take(row, how);
  if (growth === undefined) return undefined;
  const { page, pageRow, time } = row;
  const source = page.source(pageRow);
  const shown = {
    kind: "event" as const,
    id: page.id(pageRow),
    ...(source === undefined ? {} : { source }),
    time: timeText(time),
    type: page.types[page.typeIndex[pageRow] ?? 0] ?? "",
    ...shownLine(line),
    quantity: formatDecimal(growth.quantity),
  };
  return { shown, amount: growth.amount };
}

function openingOf(line: ChargeLine): { readonly shown: ShownCharge; readonly amount: Picos } | undefined {
  const growth = line.opening();
  if (growth === undefined) return undefined;
  const time = timeText(line.line.key.periodFrom);
  const named = { kind: "carried" as const, id: line.line.id, time, type: "carried" };
  return { shown: { ...named, ...shownLine(line), quantity: formatDecimal(growth.quantity) }, amount: growth.amount };
}

function shownLine({ line }: ChargeLine): Pick<MicroCharge, "line" | "meter" | "group"> {
  return {
    line: line.id,
    ...(line.meter === undefined ? {} : { meter: line.meter }),
    ...(line.group === undefined ? {} : { group: line.group }),
  };
}
