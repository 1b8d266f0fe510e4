import type { BackfillChange } from "@farthing/sdk";
import { table } from "./table.ts";

const places = 12;

/** Shows changes customer by customer, and what they come to in each currency. */
export function previewTable(changes: readonly BackfillChange[]): string {
  if (changes.length === 0) return "nothing is staged\n";
  const headings = ["customer", "events", "counted", "currency", "before", "after", "change"];
  const columns = headings.map((heading) => ({ heading, isNumber: heading !== "customer" && heading !== "currency" }));
  const rows = changes.flatMap(({ customer, events, counted, invoices }) =>
    invoices.length === 0
      ? [[customer, events, counted, "", "", "", "0"]]
      : invoices.map(({ currency, before, after, change }, at) =>
          at === 0
            ? [customer, events, counted, currency, before, after, change]
            : ["", "", "", currency, before, after, change],
        ),
  );
  const totals = totalsOf(changes).map(([currency, total]) => `${total} ${currency}`);
  const words = totals.length === 0 ? "no invoice changes" : `in all ${totals.join(", ")}`;
  return `${table(columns, rows)}\n${words}\n`;
}

/** The sum of all changes by currency, exactly. */
export function totalsOf(changes: readonly BackfillChange[]): readonly (readonly [currency: string, total: string])[] {
  const totals = new Map<string, bigint>();
  for (const { currency, change } of changes.flatMap(({ invoices }) => invoices))
    totals.set(currency, (totals.get(currency) ?? 0n) + unitsOf(change));
  return [...totals].sort(([a], [b]) => (a < b ? -1 : 1)).map(([currency, units]) => [currency, textOf(units)]);
}

function unitsOf(text: string): bigint {
  const [whole = "0", fraction = ""] = text.replace("-", "").split(".");
  const units = BigInt(whole + fraction.padEnd(places, "0").slice(0, places));
  return text.startsWith("-") ? -units : units;
}

function textOf(units: bigint): string {
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, "0");
  const fraction = digits.slice(-places).replace(/0+$/, "");
  const whole = digits.slice(0, -places);
  return `${units < 0n ? "-" : ""}${whole}${fraction === "" ? "" : `.${fraction}`}`;
}
