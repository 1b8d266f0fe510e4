import { firstShardPlan, type Meter } from "@farthing/metering";
import { currency, customerId, decimal, type MerchantId } from "@farthing/money";
import type { Plan } from "@farthing/pricing";
import type { Scenario } from "./scenario.ts";
import type { Stores } from "./stores.ts";
import { dawn } from "./timeline.ts";

/** What the plans charge, in picos: a request, a byte, and a period. */
export const prices = {
  basic: { request: 123_456_789n, byte: 333_700_000n, fee: 10_000_000_000n },
  other: { request: 200_000_000n, byte: 0n, fee: 5_000_000_000n },
} as const;

/** The customers of every history; with two shards they lie in different ones. */
export const customers = ["ann", "bob"] as const;

const meter: Meter = {
  key: "requests",
  eventType: "request",
  aggregation: "count",
  groupBy: ["tag"],
  revision: 1,
  createdAt: 0,
  updatedAt: 0,
};

/** Sets a merchant up: its shard, meters, plans, and what its customers are charged by. */
export async function setUp(stores: Stores, merchant: MerchantId, scenario: Scenario): Promise<void> {
  await stores.shardPlans.startShardPlan(merchant, firstShardPlan(dawn));
  const bytes: Meter = { ...meter, key: "bytes", aggregation: "sum", value: "bytes" };
  const pings: Meter = { ...meter, key: "pings", eventType: "ping" };
  await stores.meters.publishMeters(merchant, { revision: 1, meters: [meter, bytes, pings] });
  for (const plan of plansOf(merchant, scenario)) await stores.plans.addPlan(plan);
  for (const name of customers) {
    if (name === "bob" && scenario.bob === "unknown") continue;
    const customer = {
      merchant,
      id: customerId(name),
      known: true,
      timezone: scenario.zone,
      createdAt: dawn,
      updatedAt: dawn,
    };
    await stores.customers.noteCustomer(customer, dawn);
    if (name === "bob" && scenario.bob === "idle") continue;
    await stores.subscriptions.addSubscription({
      merchant,
      id: `first-${name}`,
      customer: customerId(name),
      plan: "basic",
      planVersion: 1,
      interval: scenario.interval,
      timezone: scenario.zone,
      start: 0,
      flatFrom: dawn,
      createdAt: dawn,
    });
  }
}

function plansOf(merchant: MerchantId, { interval, minimumInvoice }: Scenario): readonly Plan[] {
  const common = { merchant, version: 1, createdAt: 0, currency: currency("USD"), interval } as const;
  const basic: Plan = {
    ...common,
    key: "basic",
    prices: [
      { key: "r", model: "per_unit", meter: "requests", unitPrice: decimal("0.000123456789") },
      { key: "b", model: "per_unit", meter: "bytes", unitPrice: decimal("0.003337"), per: decimal("10") },
      { key: "fee", model: "flat", amount: decimal("0.01"), timing: "in_advance" },
    ],
    minimumInvoice: decimal(minimumInvoice),
  };
  const other: Plan = {
    ...common,
    key: "other",
    prices: [
      { key: "r", model: "per_unit", meter: "requests", unitPrice: decimal("0.0002") },
      { key: "fee", model: "flat", amount: decimal("0.005"), timing: "in_arrears" },
    ],
  };
  return [basic, other];
}
