import { acceptEvents, type Meter, rollClosedHours, type StatementLog } from "@farthing/metering";
import { currency, decimal } from "@farthing/money";
import type { Plan } from "@farthing/pricing";
import { memoryMerchant, merchant } from "./memory-merchant.ts";
import { workload } from "./workload.ts";

const hourMs = 3_600_000;
const monthStart = Date.UTC(2026, 8, 1);
/** September: as many hours as a month has. */
const monthHours = 720;
/** The end of the large month. Units: milliseconds. */
export const monthEnd = monthStart + monthHours * hourMs;

const base = { eventType: "api_calls", groupBy: [], revision: 2, createdAt: 0, updatedAt: 0 } as const;
const meters: readonly Meter[] = [
  { ...base, key: "calls", aggregation: "count" },
  { ...base, key: "sum", aggregation: "sum", value: "qty" },
  { ...base, key: "by_region", aggregation: "sum", value: "qty", groupBy: ["region"] },
  { ...base, key: "users", aggregation: "unique_count", value: "user" },
  { ...base, key: "average", aggregation: "average", value: "qty" },
  { ...base, key: "level", aggregation: "weighted_sum", value: "qty" },
];
/** The meters of the large month. */
export const chargedMeters = { revision: 2, meters };

const unit = decimal("0.0004");
const tier = (upTo: string | null, unitPrice: string) => ({
  upTo: upTo === null ? null : decimal(upTo),
  unitPrice: decimal(unitPrice),
});
const cells = ["eu-west-1", "us-east-1", "ap-south-1"].map((region, at) => ({
  match: { region },
  unitPrice: decimal(`0.000${at + 1}`),
}));
const prices: Readonly<Record<string, Plan["prices"][number]>> = {
  per_unit: { key: "p", model: "per_unit", meter: "calls", unitPrice: unit },
  graduated: {
    key: "p",
    model: "graduated",
    meter: "sum",
    tiers: [tier("1000000", "0.0004"), tier("20000000", "0.0002"), tier(null, "0.0000001")],
  },
  percentage: {
    key: "p",
    model: "percentage",
    meter: "sum",
    rate: decimal("0.029"),
    fixed: decimal("0.0003"),
    freeUnits: decimal("1000"),
    minimum: decimal("0.01"),
  },
  matrix: { key: "p", model: "matrix", meter: "by_region", dimensions: ["region"], cells, otherwise: unit },
  unique_count: { key: "p", model: "per_unit", meter: "users", unitPrice: unit },
  average: { key: "p", model: "per_unit", meter: "average", unitPrice: unit },
  weighted_sum: { key: "p", model: "per_unit", meter: "level", unitPrice: unit },
};

/** A plan for each price or aggregation that charges differ by. */
export const chargedPlans: readonly Plan[] = Object.entries(prices).map(([key, price]) => ({
  merchant,
  key,
  version: 1,
  createdAt: 0,
  currency: currency("USD"),
  interval: "month",
  prices: [price],
}));

/** A log in memory of a month of hourly statements of one customer, nearly each event of another user. */
export async function largeMonth({ events }: { readonly events: number }): Promise<StatementLog> {
  let now = monthStart;
  const { ingest, rolls } = await memoryMerchant({ now: () => now });
  await rolls.meters.publishMeters(merchant, chargedMeters);
  let sent = 0;
  for (let hour = 0; hour < monthHours; hour++) {
    const hourStartMs = monthStart + hour * hourMs;
    const due = Math.round(((hour + 1) * events) / monthHours) - sent;
    const drawn = [...workload({ events: due, customers: 1, hourStartMs, seed: hour + 1 })];
    const body = drawn.map((event, at) => {
      const user = `user-${((sent + at) * 7919) % 900_001}`;
      return { ...event, type: "api_calls", data: { ...event.data, user } };
    });
    sent += due;
    now = hourStartMs + hourMs - 10_000;
    const request = { merchant, text: JSON.stringify({ events: body }), kind: "json", receivedAt: now } as const;
    const answer = await acceptEvents(ingest, { ...request, backfill: true });
    if (!answer.ok || answer.value.accepted !== due) throw new Error("the bench's events were refused");
    now = hourStartMs + hourMs + 60_000;
    await rollClosedHours(rolls, { merchant, shard: 0 });
  }
  return rolls.log;
}
