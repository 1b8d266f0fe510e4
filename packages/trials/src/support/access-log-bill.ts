import { readFileSync } from "node:fs";
import type { FarthingClient } from "@farthing/sdk";

/** What a customer of the access log used, and what that costs. Units: `exact` in 10^−12 USD. */
export interface Used {
  readonly requests: number;
  readonly bytes: bigint;
  readonly exact: bigint;
}

/** Settles everything in the log. */
export const settleThrough = "2015-07-01T00:00:00Z";

/** The days of the log. A report reads each hour of its range, and no hour of May but theirs has events. */
export const days = { from: "2015-05-17T00:00:00Z", to: "2015-05-21T00:00:00Z" };

/** Makes the meters and the plan: 0.0004 USD a request, 0.09 USD for 1,000,000,000 bytes. */
export async function describeWeb(client: FarthingClient): Promise<void> {
  await client.meters.put("requests", { eventType: "request", aggregation: "count" });
  await client.meters.put("bytes", { eventType: "request", aggregation: "sum", value: "bytes", unit: "B" });
  await client.plans.put("web", {
    currency: "USD",
    interval: "month",
    prices: [
      { model: "per_unit", meter: "requests", unitPrice: "0.0004" },
      { model: "per_unit", meter: "bytes", unitPrice: "0.09", per: "1000000000" },
    ],
  });
}

const requestPicos = 400_000_000n;
const bytePicos = 90n;

/** Bills the log by hand: what the product comes to is held against it. */
export function billOf(path: string): ReadonlyMap<string, Used> {
  const used = new Map<string, Used>();
  for (const line of readFileSync(path, "latin1").split("\n")) {
    const [, customer, size] = /^(\S+) .*?\] ".*?" \d{3} (\d+|-)(?: |$)/.exec(line) ?? [];
    if (customer === undefined || size === undefined) continue;
    const bytes = size === "-" ? 0n : BigInt(size);
    const before = used.get(customer) ?? { requests: 0, bytes: 0n, exact: 0n };
    used.set(customer, {
      requests: before.requests + 1,
      bytes: before.bytes + bytes,
      exact: before.exact + requestPicos + bytes * bytePicos,
    });
  }
  return used;
}
