import { type CurrencyCode, err, minorDigits, ok, type Picos, picos, picosFrom, type Result } from "@farthing/money";

/** How a payment rail writes amounts, and how small they may be. */
export interface RailCurrencies {
  /** Decimals of an amount on the wire, where they are not those of ISO 4217. */
  readonly digits: Readonly<Record<string, number>>;
  /** The smallest step of an amount in its units on the wire, where it is not 1. */
  readonly step: Readonly<Record<string, bigint>>;
  /** The least that is charged, in major units; where none is known the rail itself refuses what is too small. */
  readonly minimum: Readonly<Record<string, string>>;
}

/** An invoice asks for less than the rail charges. */
export interface BelowMinimum {
  readonly code: "below_minimum";
  readonly minimum: string;
}

/** An invoice asks for a fraction that the rail has no way to write. */
export interface NotRepresentable {
  readonly code: "amount_not_representable";
}

const each = <T>(codes: string, value: T) => Object.fromEntries(codes.split(" ").map((code) => [code, value]));

/**
 * Stripe's amounts. MGA has two digits by ISO 4217 and none here; ISK and UGX have none by ISO 4217 and two here, which are
 * always nought; the last of three digits is nought.
 *
 * Source: Stripe's documentation, "Supported currencies", of which the minimums are for a balance in the same currency.
 */
export const stripeCurrencies: RailCurrencies = {
  digits: { MGA: 0, ...each("ISK UGX", 2) },
  step: { ...each("BHD JOD KWD OMR TND", 10n), ...each("ISK UGX", 100n) },
  minimum: {
    ...each("USD AUD BRL CAD CHF EUR INR NZD SGD", "0.5"),
    ...each("AED MYR PLN RON", "2"),
    ...each("NOK SEK", "3"),
    ...each("MXN THB", "10"),
    CZK: "15",
    DKK: "2.5",
    GBP: "0.3",
    HKD: "4",
    HUF: "175",
    JPY: "50",
  },
};

function unitOf({ digits }: RailCurrencies, currency: CurrencyCode): bigint {
  return 10n ** BigInt(12 - (digits[currency] ?? minorDigits(currency)));
}

/** An amount in the rail's smallest units; undefined where it has a fraction that the rail cannot write. Units: picos in. */
export function railCount(rail: RailCurrencies, amount: Picos, currency: CurrencyCode): bigint | undefined {
  const unit = unitOf(rail, currency);
  const count = amount / unit;
  return amount % unit === 0n && count % (rail.step[currency] ?? 1n) === 0n ? count : undefined;
}

/**
 * Writes an amount as a rail takes it; nothing is rounded.
 *
 * Units: picos in, the rail's smallest units out. Errors, in this order: `amount_not_representable`, `below_minimum`.
 */
export function toRail(
  rail: RailCurrencies,
  amount: Picos,
  currency: CurrencyCode,
): Result<bigint, BelowMinimum | NotRepresentable> {
  const count = railCount(rail, amount, currency);
  if (count === undefined) return err({ code: "amount_not_representable" });
  const minimum = rail.minimum[currency];
  if (minimum !== undefined && amount < picos(minimum)) return err({ code: "below_minimum", minimum });
  return ok(count);
}

/** Reads an amount of a rail. Units: the rail's smallest units in, picos out. */
export function fromRail(rail: RailCurrencies, count: bigint, currency: CurrencyCode): Picos {
  return picosFrom(count * unitOf(rail, currency));
}
