import { type Fact, firstShardPlan, type Meter, storeFacts } from "@farthing/metering";
import {
  memoryJournal,
  memoryMeterSets,
  memoryRollProgress,
  memoryShardPlans,
  memoryStatementLog,
} from "@farthing/metering/memory";
import { currency, customerId, decimal, formatDecimal, formatPicos, merchantId } from "@farthing/money";
import { memoryPlans } from "@farthing/pricing/memory";
import { describe, expect, test } from "vitest";
import {
  memoryCustomers,
  memoryInvoiceIndex,
  memorySeals,
  memorySettlementQueue,
  memorySettlements,
  memorySubscriptions,
} from "./memory.ts";
import { rollEverything } from "./run-settlement.ts";
import { settleCustomer } from "./settle-customer.ts";

const merchant = merchantId("shop");
const customer = { merchant, customer: customerId("ann") };
const start = Date.parse("2026-03-02T10:00:00Z");
const end = Date.parse("2026-04-01T00:00:00Z");

const requests: Meter = {
  key: "requests",
  eventType: "request",
  aggregation: "count",
  groupBy: [],
  revision: 1,
  createdAt: 0,
  updatedAt: 0,
};
const bytes: Meter = { ...requests, key: "bytes", aggregation: "sum", value: "bytes", groupBy: ["region"] };

async function world() {
  let now = start;
  const clock = { now: () => now };
  const log = memoryStatementLog();
  const customers = memoryCustomers();
  const register = {
    noteCustomer: (ref: typeof customer) =>
      customers.noteCustomer({ merchant, id: ref.customer, known: false, createdAt: now, updatedAt: now }, now),
  };
  const rolls = {
    log,
    register,
    journal: memoryJournal({ bundlesPerPage: 2 }),
    progress: memoryRollProgress(),
    plans: memoryShardPlans(),
    meters: memoryMeterSets(),
    clock,
  };
  const stores = {
    ...rolls,
    rolls,
    customers,
    plans: memoryPlans(),
    subscriptions: memorySubscriptions(),
    seals: memorySeals(),
    settlements: memorySettlements(),
    invoices: memoryInvoiceIndex(),
    queue: memorySettlementQueue(),
  };
  await rolls.plans.startShardPlan(merchant, firstShardPlan(now));
  await rolls.meters.publishMeters(merchant, { revision: 1, meters: [requests, bytes] });
  await stores.plans.addPlan({
    merchant,
    key: "basic",
    version: 1,
    createdAt: 0,
    currency: currency("USD"),
    interval: "month",
    prices: [
      { key: "r", model: "per_unit", meter: "requests", unitPrice: decimal("0.0004") },
      { key: "b", model: "per_unit", meter: "bytes", unitPrice: decimal("0.09"), per: decimal("1000000000") },
      { key: "fee", model: "flat", amount: decimal("2"), timing: "in_arrears" },
    ],
  });
  await stores.subscriptions.addSubscription({
    merchant,
    id: "s1",
    customer: customer.customer,
    plan: "basic",
    planVersion: 1,
    interval: "month",
    timezone: "UTC",
    start: 0,
    flatFrom: Date.parse("2026-03-01T00:00:00Z"),
    createdAt: start,
  });
  return {
    ...stores,
    at: (time: number) => {
      now = time;
    },
    send: async (facts: readonly Fact[]) => {
      expect((await storeFacts(rolls, { merchant, facts, receivedAt: now })).ok).toBe(true);
    },
    seal: async (through: number, id = "st") => {
      await rollEverything(rolls, merchant, 0);
      return (
        await settleCustomer(stores, customer, {
          id: `${id}${through}`,
          through,
          cutAt: "through",
          createdAt: now,
          dryRun: false,
        })
      ).seal;
    },
  };
}

function request(id: string, time: number, size: number): Fact {
  return {
    kind: "event",
    id,
    customer: customer.customer,
    type: "request",
    source: undefined,
    time,
    serverTime: false,
    data: { bytes: size, region: "eu" },
  };
}

describe("settleCustomer", () => {
  test("bills what was sent once, exactly, and carries what rounding leaves", async () => {
    const shop = await world();
    await shop.send([request("a", start, 1000), request("b", start + 1, 2000)]);
    await shop.send([request("a", start, 1000)]);
    const first = await shop.seal(start + 3_600_000, "x");
    expect(first?.invoices.map(({ exact, events, status }) => [formatPicos(exact), events, status])).toEqual([
      ["0.00080027", 2, "carried"],
    ]);
    shop.at(end + 60_000);
    await shop.send([request("late", start + 5, 1_000_000_000), request("a", start + 86_400_000 * 3, 1000)]);
    const second = await shop.seal(end);
    expect(second?.struck.map(({ verdict }) => verdict)).toEqual(["conflict"]);
    const [invoice] = second?.invoices ?? [];
    expect(
      invoice?.lines.map(({ kind, quantity, exact }) => [
        kind,
        quantity === undefined ? "" : formatDecimal(quantity),
        formatPicos(exact),
      ]),
    ).toEqual([
      ["usage", "1000000000", "0.09"],
      ["flat", "1", "2"],
      ["usage", "1", "0.0004"],
    ]);
    expect([formatPicos(invoice?.total ?? (0n as never)), formatPicos(invoice?.carriedOut ?? (0n as never))]).toEqual([
      "2.09",
      "0.00120027",
    ]);
    await shop.send([
      {
        kind: "void",
        id: "late",
        customer: customer.customer,
        source: undefined,
        time: start,
        serverTime: false,
        reason: undefined,
      },
    ]);
    shop.at(end + 7_200_000);
    const third = await shop.seal(end + 1);
    expect(third?.invoices[0]?.lines.map(({ kind, exact }) => [kind, formatPicos(exact)])).toEqual([
      ["adjustment", "-0.09"],
      ["adjustment", "-0.0004"],
    ]);
    expect(await shop.seal(end + 1)).toEqual(third);
  });
});
