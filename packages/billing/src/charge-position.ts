import type { ChargeLine } from "./charge-line.ts";
import type { LineStates } from "./line-basis.ts";

/** A line that a row of an hour may add to, in hour −1 one that shows what is carried into it. */
export interface ChargePlace {
  readonly hour: number;
  readonly row: number;
  readonly line: number;
}

/**
 * Where a page of charges ended: the first place that was not looked at, how many rows of each of the hour's statements lie
 * before it, the sum so far, and what each line had by then, where that is short.
 */
export interface ChargePosition extends ChargePlace {
  readonly before?: readonly number[];
  readonly states?: readonly LineStates[];
  readonly running: string;
}

/** Before all hours: where lines show what is carried into them. */
export const openingHour = -1;

/** Where a list begins. */
export const firstPosition: ChargePosition = { hour: openingHour, row: 0, line: 0, running: "0" };

/**
 * As much of its lines' states as a cursor holds: in base64 and beside a key it stays under the 10,240 bytes that a gateway
 * takes of a request's line and headers. Units: characters.
 */
const longestStates = 4_000;

/** Whether one place comes before another. */
export function isBefore(a: ChargePlace, b: ChargePlace): boolean {
  return (a.hour - b.hour || a.row - b.row || a.line - b.line) < 0;
}

/** A position as a cursor holds it. */
export function positionText(at: Omit<ChargePosition, "states">, lines: readonly ChargeLine[]): string {
  if (at.hour === openingHour || lines.length === 0) return JSON.stringify(at);
  const states = lines.map((line) => line.states);
  return JSON.stringify(JSON.stringify(states).length <= longestStates ? { ...at, states } : at);
}

/** Reads a position from a cursor, which nobody else can have made. */
export function readPosition(text: string | undefined): ChargePosition {
  return text === undefined ? firstPosition : (JSON.parse(text) as ChargePosition);
}
