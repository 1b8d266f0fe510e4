import { type Decimal, formatDecimal, formatPicos, type Picos } from "@farthing/money";
import { timeText } from "./documents.ts";
import type { SealedLine } from "./seal.ts";
import type { LogRow } from "./sealed-rows.ts";

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

/** What a line grew by: by one event, or before its first. */
export interface LineGrowth {
  readonly quantity: Decimal;
  readonly amount: Picos;
}

/** What a line grew by with an event, or with what is carried into it; before the sum so far is known. */
export interface Growth extends LineGrowth {
  readonly line: SealedLine;
  /** None where it is carried. */
  readonly row: LogRow | undefined;
}

/** Shows what a line grew by. Units: `running` in picos. */
export function microCharge({ line, row, quantity, amount }: Growth, running: Picos): MicroCharge {
  return {
    ...(row === undefined ? carried(line) : eventOf(row)),
    line: line.id,
    ...(line.meter === undefined ? {} : { meter: line.meter }),
    ...(line.group === undefined ? {} : { group: line.group }),
    quantity: formatDecimal(quantity),
    amount: formatPicos(amount),
    running: formatPicos(running),
  };
}

function carried({ id, key }: SealedLine) {
  return { kind: "carried" as const, id, time: timeText(key.periodFrom), type: "carried" };
}

function eventOf({ page, pageRow, time }: LogRow) {
  const source = page.source(pageRow);
  return {
    kind: "event" as const,
    id: page.id(pageRow),
    ...(source === undefined ? {} : { source }),
    time: timeText(time),
    type: page.types[page.typeIndex[pageRow] ?? 0] ?? "",
  };
}
