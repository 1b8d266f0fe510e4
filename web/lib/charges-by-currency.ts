import type { Usage } from "@farthing/sdk";
import type { MeasuredMeter } from "./usage-view.ts";

/** The direct charges of one currency: what measures them, and their part of the answer. */
export interface CurrencyCharges {
  readonly meter: MeasuredMeter;
  readonly answer: Usage;
}

/** Splits an answer about direct charges into one for each currency, in order of their codes. */
export function chargesByCurrency(answer: Usage): readonly CurrencyCharges[] {
  const rows = Map.groupBy(answer.rows, ({ group }) => group?.currency ?? "");
  return [...rows]
    .filter(([currency]) => currency !== "")
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([currency, own]) => ({
      meter: { key: "charge", name: "Direct charges", unit: currency, aggregation: "sum" },
      answer: { ...answer, rows: own },
    }));
}
