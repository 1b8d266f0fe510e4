import { invalid, Refusal } from "./refusal.ts";

const zeroDecimal = new Set("bif clp djf gnf jpy kmf krw mga pyg rwf ugx vnd vuv xaf xof xpf".split(" "));
const threeDecimal = new Set("bhd jod kwd omr tnd".split(" "));
const minimums: Readonly<Record<string, number>> = { usd: 50, eur: 50, gbp: 30, jpy: 50, hkd: 400, huf: 17_500 };
const largest = 99_999_999;

/** Checks what is asked for. Errors: `parameter_invalid_integer`, `amount_too_small`, `amount_too_large`, and its own words. */
export function checkAmount(amount: number, currency: string): void {
  if (!Number.isInteger(amount))
    throw invalid("Invalid integer", { code: "parameter_invalid_integer", param: "amount" });
  if (amount > largest) throw invalid("Amount is too large.", { code: "amount_too_large", param: "amount" });
  if (amount < (minimums[currency] ?? 1))
    throw new Refusal(400, {
      type: "invalid_request_error",
      code: "amount_too_small",
      param: "amount",
      message: "The amount is below the least that is charged.",
    });
  if (threeDecimal.has(currency) && amount % 10 !== 0)
    throw invalid("The last digit of an amount with three decimals is 0.", { param: "amount" });
  if ((currency === "isk" || currency === "ugx") && amount % 100 !== 0)
    throw invalid("Amounts of this currency are whole.", { param: "amount" });
}

/** What a payment costs: 2.9 % and 30 of the smallest unit, or no fixed part where the unit is large. */
export function feeOf(amount: number, currency: string): number {
  return Math.round((amount * 29) / 1000) + (zeroDecimal.has(currency) ? 0 : 30);
}
