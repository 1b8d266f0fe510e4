import { type Decimal, isCurrency, parseDecimal } from "@farthing/money";
import { decimalOfNumber } from "./codec/plain-number.ts";
import type { EventData, ExactJson } from "./event.ts";
import { ExactNumber } from "./exact-number.ts";

/** The type of events that say themselves what they cost. */
export const chargeEventType = "charge";

/** How many decimals an amount may have: money is kept in 10^−12 of the major unit. */
const maxDecimals = 12;

/**
 * Why the data of a charge names no amount that can be charged; undefined where it does.
 *
 * Units: `amount` in the major unit of `currency`, 0 or more, with at most 30 digits and 12 decimals.
 */
export function chargeProblem(data: EventData): string | undefined {
  const { amount, currency } = data;
  const decimal = decimalIn(amount);
  if (decimal === undefined) return "data.amount is no decimal of at most 30 digits";
  if (decimal.digits < 0n) return "data.amount is negative";
  if (decimal.scale > maxDecimals) return `data.amount has more than ${maxDecimals} decimals`;
  if (typeof currency !== "string" || !isCurrency(currency)) return "data.currency is no currency of ISO 4217";
  return undefined;
}

function decimalIn(value: ExactJson | undefined): Decimal | undefined {
  if (typeof value === "number" || value instanceof ExactNumber) return decimalOfNumber(value);
  if (typeof value !== "string") return undefined;
  const parsed = parseDecimal(value);
  return parsed.ok ? parsed.value : undefined;
}
