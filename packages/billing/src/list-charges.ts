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
  sum,
} from "@farthing/money";
import type { ChargeLine } from "./charge-line.ts";
import { type ChargeSheet, type ChargeStores, openSheet } from "./charge-sheet.ts";
import { changeOf } from "./charge-treatment.ts";
import { timeText } from "./documents.ts";
import type { Listed, ListPage, NotFound } from "./read-customers.ts";
import { findInvoice } from "./read-invoices.ts";
import { byHour, type LogRow, rowsOfHour } from "./sealed-rows.ts";

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

/** A line that a row of an hour may add to. */
interface Place {
  readonly row: number;
  readonly line: number;
}

/** Where a page of charges ended: the first place that was not looked at, what each line had, and the sum so far. */
interface Position extends Place {
  readonly hour: number;
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
  const sheet = await openSheet(stores, found.value, { line, quantities: start?.quantities ?? {} });
  return ok(await readCharges(stores, sheet, { limit, start }));
}

async function readCharges(
  stores: ChargeStores,
  sheet: ChargeSheet,
  { limit, start }: { readonly limit: number; readonly start: Position | undefined },
): Promise<Listed<MicroCharge>> {
  const items: MicroCharge[] = [];
  await layOut(stores, sheet, start);
  let running = start === undefined ? noMoney : picosFrom(BigInt(start.running));
  for (const [hour, statements] of byHour(sheet.statements)) {
    if (start !== undefined && hour < start.hour) continue;
    const rows = await rowsOfHour(stores.log, sheet.seal.customer, statements);
    for (const place of placesIn(rows, sheet, hour === start?.hour ? start : { row: 0, line: 0 })) {
      if (items.length >= limit)
        return { items, next: positionText({ ...place, hour, running: running.toString() }, sheet) };
      const item = chargeAt(sheet, rows, place, running);
      if (item === undefined) continue;
      items.push(item.charge);
      running = item.running;
    }
  }
  return { items };
}

/** Lays out the lines that need all their events: those before a page's start stand as this seal leaves them. */
async function layOut(
  stores: ChargeStores,
  { lines, statements, seal, treats }: ChargeSheet,
  start: Position | undefined,
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

function isBefore(place: Place & { readonly hour: number }, start: Position | undefined): boolean {
  if (start === undefined) return false;
  return (place.hour - start.hour || place.row - start.row || place.line - start.line) < 0;
}

function* placesIn(rows: readonly LogRow[], { lines }: ChargeSheet, from: Place): Iterable<Place> {
  for (let row = from.row; row < rows.length; row++) {
    for (let line = row === from.row ? from.line : 0; line < lines.length; line++) yield { row, line };
  }
}

function positionText(at: Omit<Position, "quantities">, { lines }: ChargeSheet): string {
  const quantities = Object.fromEntries(lines.map(({ line, quantity }) => [line.id, formatDecimal(quantity)]));
  return JSON.stringify({ ...at, quantities });
}

function chargeAt(
  sheet: ChargeSheet,
  rows: readonly LogRow[],
  place: Place,
  before: Picos,
): { readonly charge: MicroCharge; readonly running: Picos } | undefined {
  const [row, line] = [rows[place.row], sheet.lines[place.line]];
  if (row === undefined || line === undefined) return undefined;
  const how = changeOf(sheet.treats(row, line));
  const growth = how === undefined ? undefined : line.take(row, how);
  if (growth === undefined) return undefined;
  const running = sum([before, growth.amount]);
  return { charge: charge(line, row, { ...growth, running }), running };
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
