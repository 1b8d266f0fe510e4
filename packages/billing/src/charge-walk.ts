import { hourOf, hourPlus, type StatementLog } from "@farthing/metering";
import { type ChargePlace, type ChargePosition, isBefore, openingHour } from "./charge-position.ts";
import type { ChargeSheet } from "./charge-sheet.ts";
import { changeOf, type Treatment } from "./charge-treatment.ts";
import { hourRows, type PlacedRow } from "./hour-rows.ts";
import type { Growth } from "./micro-charge.ts";
import type { SheetHour } from "./sheet-hours.ts";

/** A place where a line grows; `growth` adds to the line, and is asked once. */
export interface ChargeStep {
  readonly place: ChargePlace & Pick<ChargePosition, "before">;
  readonly growth: () => Growth | undefined;
}

/**
 * Goes through the places of a sheet from a position on. Lines whose states the position does not tell take the events before
 * it once more.
 */
export async function* walkCharges(
  log: StatementLog,
  sheet: ChargeSheet,
  from: ChargePosition,
): AsyncGenerator<ChargeStep, void> {
  await layOut(log, sheet, from);
  if (from.hour === openingHour) yield* openings(sheet, from.line);
  else if (from.states === undefined) await foldAgain(log, sheet, from);
  yield* stepsFrom(log, sheet, from);
}

function* openings({ lines }: ChargeSheet, first: number): Iterable<ChargeStep> {
  for (const one of lines) {
    const growth = () => {
      const grown = one.opening();
      return grown && { ...grown, line: one.line, row: undefined };
    };
    if (one.number >= first) yield { place: { hour: openingHour, row: 0, line: one.number }, growth };
  }
}

async function* stepsFrom(
  log: StatementLog,
  sheet: ChargeSheet,
  from: Omit<ChargePosition, "running">,
): AsyncGenerator<ChargeStep, void> {
  for await (const { hour, statements, treats } of sheet.hoursFrom(hourPlus(hourOf(0), Math.max(0, from.hour)))) {
    const before = hour === from.hour ? from.before : undefined;
    for await (const placed of hourRows(log, sheet.seal.customer, statements, before)) {
      for (const step of stepsOf(sheet, placed, { hour, treats })) if (!isBefore(step.place, from)) yield step;
    }
  }
}

/** What a row adds to; lines that it counts nothing for are passed over. */
function* stepsOf(
  { lines }: ChargeSheet,
  { row, number, before }: PlacedRow,
  { hour, treats }: Pick<SheetHour, "hour" | "treats">,
): Iterable<ChargeStep> {
  for (const one of lines) {
    const how = one.counts(row) ? changeOf(treats(row, one)) : undefined;
    if (how === undefined) continue;
    const growth = () => {
      const grown = one.take(row, how);
      return grown && { ...grown, line: one.line, row };
    };
    yield { place: { hour, row: number, line: one.number, before }, growth };
  }
}

/** Takes the events before a position once more, where a cursor could not hold what they came to. */
async function foldAgain(log: StatementLog, sheet: ChargeSheet, end: ChargePosition): Promise<void> {
  for await (const { place, growth } of stepsFrom(log, sheet, { hour: 0, row: 0, line: 0 })) {
    if (!isBefore(place, end)) return;
    growth();
  }
}

/** Lays out the lines that need all their events: those before a position stand as the seal leaves them. */
async function layOut(log: StatementLog, sheet: ChargeSheet, end: ChargePlace): Promise<void> {
  const laid = sheet.lines.filter(({ isLaidOut }) => isLaidOut);
  if (laid.length === 0) return;
  for await (const { hour, statements, treats } of sheet.hoursFrom(hourOf(0))) {
    for await (const { row, number } of hourRows(log, sheet.seal.customer, statements))
      layRow(laid, row, { treats, isPast: (line) => isBefore({ hour, row: number, line }, end) });
  }
}

function layRow(
  laid: ChargeSheet["lines"],
  row: PlacedRow["row"],
  { treats, isPast }: { readonly treats: Treatment; readonly isPast: (line: number) => boolean },
): void {
  for (const line of laid) {
    const { was, is } = treats(row, line);
    if (was || is) line.lay(row, isPast(line.number) ? is : was);
  }
}
