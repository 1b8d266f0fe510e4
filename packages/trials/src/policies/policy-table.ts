import type { FeeRule } from "@farthing/billing";
import { type CurrencyCode, formatMoney, roundToMinor } from "@farthing/money";
import type { PolicyOutcome } from "./simulate-policy.ts";

const headings = ["policy", "invoices", "invoiced", "fees", "fee share", "outstanding, mean", "outstanding, end"];

/** Sets outcomes as a table of text, cheapest to collect first, and last what collects nothing. */
export function policyTable(
  currency: CurrencyCode,
  { method, percent, fixed }: FeeRule,
  all: readonly PolicyOutcome[],
) {
  const money = (amount: PolicyOutcome["fees"]) => formatMoney(roundToMinor(amount, currency), currency);
  const none = (one: PolicyOutcome) => Number(one.invoices === 0);
  const sorted = all.toSorted((a, b) => none(a) - none(b) || Number(a.share - b.share));
  const rows = sorted.map((one) => [
    one.name,
    String(one.invoices),
    money(one.invoiced),
    money(one.fees),
    one.invoices === 0 ? "none" : `${one.share / 100n}.${String(one.share % 100n).padStart(2, "0")} %`,
    money(one.meanOutstanding),
    money(one.outstanding),
  ]);
  const widths = headings.map((heading, at) =>
    Math.max(...[heading, ...rows.map((row) => row[at] ?? "")].map((cell) => cell.length)),
  );
  const lines = [headings, ...rows].map((row) =>
    row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join("  "),
  );
  return `${currency}, collected by ${method} at ${percent} % + ${fixed}\n${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}
