import { type Decimal, formatDecimal } from "@farthing/money";

/** What JSON can say. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

type JsonOf<T> = T extends Decimal
  ? string
  : T extends readonly unknown[]
    ? readonly JsonValue[]
    : T extends object
      ? { readonly [name: string]: JsonValue }
      : JsonValue;

/**
 * Turns a value with decimals in it into JSON's own values: decimals become text, names are in order and absent ones
 * left out, so that equal values give equal text.
 */
export function jsonOf<T>(value: T): JsonOf<T> {
  return toJson(value) as JsonOf<T>;
}

function toJson(value: unknown): JsonValue {
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return value;
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value !== "object") throw new Error(`JSON has no ${typeof value}`);
  if (isDecimal(value)) return formatDecimal(value);
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(fields.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, field]) => [name, toJson(field)]));
}

function isDecimal(value: object): value is Decimal {
  return "digits" in value && typeof value.digits === "bigint";
}
