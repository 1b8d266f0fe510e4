import { type Decimal, decimal, formatDecimal, parseDecimal } from "@farthing/money";
import type { Column, Quantity } from "./codec/bundle.ts";
import type { ParsedEvent } from "./event.ts";
import { ExactNumber } from "./exact-number.ts";

/** What stands at a path in each of some events that are not packed yet, as a bundle's column tells it. */
export function eventColumn(events: readonly ParsedEvent[], path: readonly string[]): Column {
  const at = (row: number) => valueAt(events[row]?.data, path);
  return { quantityAt: (row) => quantityIn(at(row)), textAt: (row) => textIn(at(row)) };
}

/** The value at a path; paths lead through objects, not through lists. */
export function valueAt(data: unknown, path: readonly string[]): unknown {
  let at = data;
  for (const step of path) {
    if (typeof at !== "object" || at === null || Array.isArray(at) || !Object.hasOwn(at, step)) return undefined;
    at = (at as Readonly<Record<string, unknown>>)[step];
  }
  return at;
}

/** A value as a number; numeric strings count. */
export function quantityIn(value: unknown): Quantity {
  if (value === undefined || value === null) return "missing";
  if (typeof value === "string") {
    const parsed = parseDecimal(value);
    return parsed.ok ? parsed.value : "not_numeric";
  }
  return numberIn(value) ?? "not_numeric";
}

/** A value as a group's name: text as it is, numbers in plain decimal form, `true` and `false`. */
export function textIn(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return String(value);
  const number = numberIn(value);
  return number === undefined ? undefined : formatDecimal(number);
}

function numberIn(value: unknown): Decimal | undefined {
  if (value instanceof ExactNumber) return value;
  return typeof value === "number" ? decimal(String(value)) : undefined;
}
