import { formatPicos, type Picos } from "@farthing/money";

/** Writes an amount in major units with all of its twelve decimals, as books are exported: what reads them infers no tolerance. */
export function fullScale(amount: Picos): string {
  const [whole = "0", fraction = ""] = formatPicos(amount).split(".");
  return `${whole}.${fraction.padEnd(12, "0")}`;
}
