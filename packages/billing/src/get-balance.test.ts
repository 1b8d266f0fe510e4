import { expectOk, type Picos, picos, sum } from "@farthing/money";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { getBalance } from "./get-balance.ts";
import { rollEverything } from "./run-settlement.ts";
import {
  ann,
  type BillingWorld,
  billingWorld,
  bob,
  charge,
  hour,
  merchant,
  month,
  refOf,
  request,
  start,
  subscription,
} from "./world.fixture.ts";

const balanceOf = async (shop: BillingWorld) => expectOk(await getBalance(shop, { merchant, id: ann }));

async function shown(shop: BillingWorld) {
  return (await balanceOf(shop)).balances.map(({ currency, due, carried, unbilled }) =>
    [currency, due, carried, unbilled].join(" "),
  );
}

async function subscribed() {
  const shop = await billingWorld();
  await shop.subscriptions.addSubscription(subscription());
  return shop;
}

describe("getBalance", () => {
  test("shows what is due, carried, and not billed yet", async () => {
    const shop = await subscribed();
    await shop.send(request("a", start), charge("b", start, "1.006"), charge("c", start, "2", "JPY"));
    shop.at(start + hour);
    await rollEverything(shop.rolls, merchant, 0);
    expect(await shown(shop)).toEqual(["JPY 0 0 2", "USD 0.00 0 1.0064"]);
    await shop.seal();
    expect(await shown(shop)).toEqual(["JPY 2 0 0", "USD 1.01 -0.0036 0"]);
    await shop.send(charge("d", start, "0.5"));
    await rollEverything(shop.rolls, merchant, 0);
    expect(await shown(shop)).toEqual(["JPY 2 0 0", "USD 1.01 -0.0036 0.5"]);
    expect((await balanceOf(shop)).asOf).toBe("2026-03-02T11:00:00.000Z");
    expect((await balanceOf(shop)).balances[0]).toMatchObject({ held: "0", prepaid: "0" });
  });

  test("seals nothing", async () => {
    const shop = await subscribed();
    await shop.send(request("a", start));
    shop.at(start + hour);
    await rollEverything(shop.rolls, merchant, 0);
    await balanceOf(shop);
    expect(await shop.seals.latestSeal(refOf(ann))).toBeUndefined();
  });

  test("of a customer without anything is empty, of no customer is not found", async () => {
    const shop = await billingWorld();
    await shop.customers.putCustomer({ merchant, id: ann, known: true, createdAt: start, updatedAt: start });
    expect((await balanceOf(shop)).balances).toEqual([]);
    expect(await getBalance(shop, { merchant, id: bob })).toEqual({ ok: false, error: { code: "not_found" } });
  });

  test.for(["latestSeal", "seals"] as const)(
    "misses nothing where a settlement seals after %s was read",
    async (moment) => {
      const shop = await subscribed();
      await shop.send(charge("a", start, "1.5"));
      shop.at(start + hour);
      await rollEverything(shop.rolls, merchant, 0);
      const seals = new Proxy(shop.seals, {
        get(target, name) {
          const method: unknown = Reflect.get(target, name, target);
          if (typeof method !== "function") return method;
          return async (...args: unknown[]) => {
            const answer: unknown = await method.apply(target, args);
            if (name === moment) await shop.seal(start + hour, { id: "meanwhile" });
            return answer;
          };
        },
      });
      const [usd] = expectOk(await getBalance({ ...shop, seals }, { merchant, id: ann })).balances;
      expect(sum([usd?.due, usd?.unbilled].map((text) => picos(text ?? "0")))).toBe(picos("1.5"));
    },
  );

  test("holds due + carried + unbilled = what was charged, wherever seals lie", async () => {
    const amounts = fc.integer({ min: 0, max: 9999 }).map((n) => `0.${String(n).padStart(4, "0")}`);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(amounts, fc.boolean()), { minLength: 1, maxLength: 5 }), async (all) => {
        const shop = await billingWorld();
        for (const [index, [amount, seal]] of all.entries()) {
          await shop.send(charge(`e${index}`, start + index, amount));
          shop.at(start + hour + index);
          if (seal) await shop.seal(start + hour + index, { id: `st${index}` });
        }
        await rollEverything(shop.rolls, merchant, 0);
        shop.at(month(3));
        const [usd] = (await balanceOf(shop)).balances;
        const total = sum([usd?.due, usd?.carried, usd?.unbilled].map((text) => picos(text ?? "0")));
        expect(total).toBe(all.reduce((whole, [amount]) => whole + picos(amount), 0n) as Picos);
      }),
      { numRuns: 25, seed: 1 },
    );
  });
});
