import type { FeeRule } from "@farthing/billing";
import { type CurrencyCode, currency, picos } from "@farthing/money";
import type { FarthingClient } from "@farthing/sdk";
import type { BilledStep } from "./simulate-policy.ts";

/** What was billed in one currency, and what collecting in it costs by the merchant's fee table. */
export interface BilledHistory {
  readonly currency: CurrencyCode;
  readonly steps: readonly BilledStep[];
  readonly fee: FeeRule | undefined;
}

/** Reads every invoice of a merchant, carried ones with them, through the public API. */
export async function readHistory(
  client: Pick<FarthingClient, "invoices" | "merchant">,
): Promise<readonly BilledHistory[]> {
  const steps = new Map<CurrencyCode, BilledStep[]>();
  for await (const { customer, currency: code, period, exact } of client.invoices.each()) {
    const known = steps.get(currency(code)) ?? [];
    known.push({ customer, cut: Date.parse(period.to), exact: picos(exact) });
    steps.set(currency(code), known);
  }
  const { fees = [] } = await client.merchant.get();
  return [...steps]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, all]) => {
      const rule = fees.find((one) => one.currency === code);
      return { currency: code, steps: all, fee: rule === undefined ? undefined : { ...rule, currency: code } };
    });
}
