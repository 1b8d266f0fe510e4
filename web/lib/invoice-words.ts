import type { InvoiceSummary } from "@farthing/sdk";
import { isZero } from "./decimal.ts";
import { moneyText } from "./money-text.ts";

type Sums = Pick<InvoiceSummary, "currency" | "status" | "exact" | "carriedIn" | "total" | "carriedOut">;

/** Says in one sentence how an invoice's exact charges became its total, and where the difference went. */
export function roundingSentence({ currency, status, exact, carriedIn, total, carriedOut }: Sums): string {
  const money = (value: string) => moneyText(value, currency);
  const charges = `The charges come to exactly ${money(exact)}`;
  const carried = isZero(carriedIn) ? "" : `${money(carriedIn)} carried in from the invoice before`;
  if (status === "carried") {
    const both = carried === "" ? charges : `${charges} and ${carried}`;
    return `${both}; that is less than is invoiced, so all of it, ${money(carriedOut)}, moves to the next invoice.`;
  }
  const start = carried === "" ? charges : `${charges}; with ${carried}`;
  if (isZero(carriedOut)) return `${start}, ${carried === "" ? "and " : ""}nothing had to be rounded.`;

  const rounded = `${start}, ${carried === "" ? "" : "they are "}rounded once, half to even, to ${money(total)}`;
  return carriedOut.startsWith("-")
    ? `${rounded}; the ${money(carriedOut.slice(1))} that rounding added comes off the next invoice.`
    : `${rounded}; the ${money(carriedOut)} that rounding left moves to the next invoice.`;
}
