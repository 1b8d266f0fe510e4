import { decimal, formatPicos, type Picos, picos, sum } from "@farthing/money";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { linesOf } from "./lines-of.fixture.ts";
import { listCharges } from "./list-charges.ts";
import type { MicroCharge } from "./micro-charge.ts";
import type { Seal } from "./seal.ts";
import { chainOf, chargesOf, steps } from "./seal-steps.fixture.ts";
import {
  type BillingWorld,
  billingWorld,
  bytes,
  charge,
  flat,
  hour,
  merchant,
  month,
  planOf,
  request,
  requests,
  start,
  subscription,
  voiding,
} from "./world.fixture.ts";

const perRequest = { key: "r", model: "per_unit", meter: "requests", unitPrice: decimal("0.0004") } as const;
/** So fine that each event's own share has to be rounded. */
const perByte = {
  key: "b",
  model: "per_unit",
  meter: "bytes",
  unitPrice: decimal("0.000001"),
  per: decimal("7e6"),
} as const;
const inEurope = {
  key: "eu",
  model: "per_unit",
  meter: "bytes",
  unitPrice: decimal("0.1"),
  group: { region: "eu" },
} as const;
const basic = planOf("basic", { prices: [perRequest, perByte, inEurope, flat("2", "in_advance")] });
const other = planOf("other", { prices: [{ ...perRequest, unitPrice: decimal("0.001") }] });

async function subscribed() {
  const shop = await billingWorld([basic, other]);
  await shop.subscriptions.addSubscription(subscription({ start: month(2) }));
  return shop;
}

async function sealed(shop: BillingWorld, ...through: Parameters<BillingWorld["seal"]>): Promise<Seal> {
  const seal = await shop.seal(...through);
  if (seal === undefined) throw new Error("nothing was sealed");
  return seal;
}

const shown = (items: readonly MicroCharge[]) =>
  items.map(({ id, line, quantity, amount, running }) => [id, line, quantity, amount, running].join(" "));

describe("listCharges", () => {
  test("lists what the bill grew by, in order of (time, id), a charge for each line that an event adds to", async () => {
    const shop = await subscribed();
    await shop.send(request("b", start, { source: "api", data: { bytes: 2, region: "us" } }), request("a", start));
    const seal = await sealed(shop, start + hour);
    const items = await chargesOf(shop, seal);
    expect(shown(items)).toEqual([
      "a line_1 1000 0.000000000143 0.000000000143",
      "a line_2 1000 100 100.000000000143",
      "a line_4 1 0.0004 100.000400000143",
      "b line_1 2 0 100.000400000143",
      "b line_4 1 0.0004 100.000800000143",
    ]);
    expect(items[1]).toEqual({
      kind: "event",
      id: "a",
      time: "2026-03-02T10:00:00.000Z",
      type: "request",
      line: "line_2",
      meter: "bytes",
      group: { region: "eu" },
      quantity: "1000",
      amount: "100",
      running: "100.000000000143",
    });
    expect(items[3]?.source).toBe("api");
  });

  test("lists one line alone, and flat prices as nothing", async () => {
    const shop = await subscribed();
    await shop.send(request("a", start));
    const seal = await sealed(shop, start + hour);
    expect(shown(await chargesOf(shop, seal, { line: "line_2" }))).toEqual(["a line_2 1000 100 100"]);
    expect(await chargesOf(shop, seal, { line: "line_3" })).toEqual([]);
    expect(await chargesOf(shop, seal, { line: "line_9" })).toEqual([]);
  });

  test("lists direct charges of the invoice's currency", async () => {
    const shop = await billingWorld();
    await shop.send(charge("a", start, "0.0004"), charge("b", start, "3", "JPY"), charge("c", start + 1, "-0"));
    const seal = await sealed(shop, start + hour);
    expect(shown(await chargesOf(shop, seal))).toEqual(["a line_1 0.0004 0.0004 0.0004", "c line_1 0 0 0.0004"]);
    expect(shown(await chargesOf(shop, seal, { currency: "JPY" }))).toEqual(["b line_1 3 3 3"]);
  });

  test("takes a billed event away that was voided since, and lists none that another seal billed", async () => {
    const shop = await subscribed();
    await shop.send(request("a", start), request("b", start + 1));
    const first = await sealed(shop, start + hour, { id: "one" });
    await shop.send(voiding("a", start), request("c", start + 2, { data: { bytes: 0 } }));
    const second = await sealed(shop, start + hour, { id: "two" });
    expect((await chargesOf(shop, first)).map(({ id }) => id)).toEqual(["a", "a", "a", "b", "b", "b"]);
    expect(shown(await chargesOf(shop, second, { line: "line_2" }))).toEqual(["a line_2 -1000 -100 -100"]);
    expect(new Set((await chargesOf(shop, second)).map(({ id }) => id))).toEqual(new Set(["a", "c"]));
  });

  test.for([
    { bytes: 1000, why: "another of the same value came" },
    { bytes: 0, why: "it was of no value" },
  ])("lists both events of a line that stays the same: one voided since, as $why", async ({ bytes: value }) => {
    const shop = await subscribed();
    const data = { bytes: value, region: "eu" };
    await shop.send(request("a", start, { data }), request("z", start, { data }));
    await sealed(shop, start + hour, { id: "one" });
    await shop.send(voiding("a", start), request("b", start + 1, { data }));
    const second = await sealed(shop, start + hour, { id: "two" });
    expect(linesOf(second.invoices[0])).toEqual(["usage b 0 0", "usage eu 0 0", "usage r 0 0"]);
    expect(new Set((await chargesOf(shop, second)).map(({ id, line }) => `${id} ${line}`)).size).toBe(6);
    expect((await shop.seal(start + hour, { id: "three" }))?.invoices ?? []).toEqual([]);
  });

  test("lists an event of no value that was voided, with nothing in its place", async () => {
    const shop = await subscribed();
    await shop.send(request("a", start, { data: { bytes: 0, region: "us" } }), request("b", start + 1));
    await sealed(shop, start + hour, { id: "one" });
    await shop.send(voiding("a", start));
    const second = await sealed(shop, start + hour, { id: "two" });
    expect(linesOf(second.invoices[0])).toEqual(["usage b 0 0", "usage r -1 -0.0004"]);
    expect(shown(await chargesOf(shop, second))).toEqual(["a line_1 0 0 0", "a line_2 -1 -0.0004 -0.0004"]);
  });

  test("lists direct charges that stand in for each other", async () => {
    const shop = await billingWorld();
    await shop.send(charge("a", start, "3"), charge("b", start, "5", "JPY"));
    await sealed(shop, start + hour, { id: "one" });
    await shop.send(voiding("a", start), charge("c", start + 1, "3"));
    const second = await sealed(shop, start + hour, { id: "two" });
    expect(second.invoices.map(linesOf)).toEqual([["charges charge 0 0"]]);
    expect(shown(await chargesOf(shop, second))).toEqual(["a line_1 -3 -3 -3", "c line_1 3 3 0"]);
  });

  test("lists what went to a subscription that was made since as taken away, and there as added", async () => {
    const shop = await subscribed();
    await shop.send(request("a", start));
    await sealed(shop, start + hour, { id: "one" });
    const next = { id: "s2", plan: "other", start, flatFrom: start, createdAt: start + hour };
    await shop.subscriptions.addSubscription(subscription(next));
    const second = await sealed(shop, start + 2 * hour, { id: "two" });
    const amounts = (await chargesOf(shop, second)).map(({ amount }) => amount);
    expect(amounts.toSorted()).toEqual(["-0.0004", "-0.000000000143", "-100", "0.001"].toSorted());
  });

  test("lists charges by the definition of the meter that they were billed by", async () => {
    const shop = await subscribed();
    const data = { bytes: 10, size: 3, region: "eu" };
    await shop.send(request("a", start, { data }));
    await sealed(shop, start + hour, { id: "one" });
    await shop.meters.publishMeters(merchant, {
      revision: 2,
      meters: [{ ...bytes, revision: 2, value: "size" }, requests],
    });
    await shop.send(voiding("a", start), request("b", start + 1, { data }));
    const second = await sealed(shop, start + hour, { id: "two" });
    const lines = second.invoices[0]?.lines ?? [];
    const inEu = lines.filter(({ key }) => key.price === "eu");
    expect(inEu.map(({ key, exact }) => [key.meterRevision, formatPicos(exact)])).toEqual([
      [1, "-1"],
      [2, "0.3"],
    ]);
    for (const { id, exact } of lines) {
      const items = await chargesOf(shop, second, { line: id });
      expect(formatPicos(sum(items.map(({ amount }) => picos(amount))))).toBe(formatPicos(exact));
    }
  });

  test.for(["inv_ann_1_EUR", "inv_ann_2_USD", "inv_bob_1_USD", "x"])("finds no invoice %s", async (id) => {
    const shop = await subscribed();
    await shop.send(request("a", start));
    await sealed(shop, start + hour);
    expect(await listCharges(shop, { merchant, id, limit: 9 })).toEqual({ ok: false, error: { code: "not_found" } });
  });
});

describe("the charges of any invoice", () => {
  test("add up to the exact amount of each metered line, whatever changed since", async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const shop = await subscribed();
        for (const seal of await chainOf(shop, all)) {
          for (const { currency, lines } of seal.invoices) {
            const items = await chargesOf(shop, seal, { currency });
            for (const { id, meter, exact } of lines) {
              const own = items.filter(({ line }) => line === id).map(({ amount }) => picos(amount));
              expect(formatPicos(sum(own))).toBe(formatPicos(meter === undefined ? (0n as Picos) : exact));
            }
          }
        }
      }),
      { numRuns: 20, seed: 6 },
    );
  });

  test("are the same on pages of any size, in order, with a running sum", async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.integer({ min: 1, max: 5 }), async (all, limit) => {
        const shop = await subscribed();
        for (const seal of await chainOf(shop, all)) {
          const whole = await chargesOf(shop, seal);
          expect(await chargesOf(shop, seal, { limit })).toEqual(whole);
          const order = whole.map(({ time, id }) => `${time} ${id}`);
          expect(order).toEqual(order.toSorted());
          let running = 0n;
          for (const item of whole) {
            running += picos(item.amount);
            expect(item.running).toBe(formatPicos(running as Picos));
          }
        }
      }),
      { numRuns: 8, seed: 2 },
    );
  });
});
