import { queryUsage } from "@farthing/metering";
import { formatDecimal } from "@farthing/money";
import { portsAtRest } from "./check-seals.ts";
import type { History } from "./history.ts";
import type { Ledger } from "./ledger.ts";
import { identityOf } from "./sent-fact.ts";
import { dawn, dusk, hour } from "./timeline.ts";

/** At rest, usage is the events of the logs that no void names, in count and in quantity. */
export async function checkUsageAtRest(history: History, { logs }: Ledger): Promise<void> {
  const { merchant, witness } = history;
  const range = { from: dawn - hour, to: dusk };
  const rows = [...logs.values()].flat();
  const voided = new Set(rows.filter(({ part }) => part === "void").map(({ stored }) => identityOf(stored.sent)));
  const counted = rows
    .filter(
      ({ part, stored }) => part === "event" && stored.sent.type === "request" && !voided.has(identityOf(stored.sent)),
    )
    .filter(({ stored }) => stored.sent.time >= range.from && stored.sent.time < range.to)
    .map(({ stored }) => stored.sent);
  const expected = { requests: counted.length, bytes: counted.reduce((sum, { bytes }) => sum + bytes, 0) };
  for (const meter of ["requests", "bytes"] as const) {
    const query = { merchant, meter, ...range, window: "none", groupBy: [], timezone: "UTC" } as const;
    const usage = await queryUsage(portsAtRest(history).usage, query);
    const value = usage.ok
      ? usage.value.rows.map((row) => (row.value === null ? "0" : formatDecimal(row.value))).join()
      : "";
    if (value !== String(expected[meter]))
      witness.blame(`usage shows ${value} ${meter}, the logs hold ${expected[meter]}`);
  }
}
