import { bundlesOf, hourOf, hourPlus, rollClosedHours, type Statement } from "@farthing/metering";
import { describe, expect, test } from "vitest";
import { checkConservation } from "./check-conservation.ts";
import { memoryChecks } from "./memory.ts";
import { billingWorld, bob, hour, merchant, minute, request, start, subscription } from "./world.fixture.ts";

const shard = { merchant, shard: 0 };
const plenty = { remainingMs: () => 900_000 };

async function checked() {
  const shop = await billingWorld();
  await shop.subscriptions.addSubscription(subscription());
  const stores = { ...shop, checks: memoryChecks(), merchants: shop.rolls.plans };
  const check = (at: number, job = plenty) => {
    shop.at(at);
    return checkConservation(stores, at, job);
  };
  return { shop, stores, check };
}

/** A log that has lost all it had of some hours. */
function losing(log: Awaited<ReturnType<typeof billingWorld>>["log"]): typeof log {
  const none = async (): Promise<readonly Statement[]> => [];
  return new Proxy(log, {
    get: (_, method: keyof typeof log) =>
      method === "entriesOfHours" || method === "entriesFrom" ? none : log[method].bind(log),
  });
}

describe("checkConservation", () => {
  test("finds no gap where there is none: rolled, late, duplicate, or not rolled at all", async () => {
    const { shop, stores, check } = await checked();
    await shop.send(request("a", start), { ...request("b", start), customer: bob });
    await shop.send(request("a", start));
    shop.at(start + 2 * hour);
    await rollClosedHours(shop.rolls, shard);
    await shop.send(request("late", start));
    expect(await check(start + 6 * hour)).toEqual([]);
    expect(await stores.checks.lastCheck(merchant)).toEqual({
      through: hourPlus(hourOf(start), 3),
      checkedAt: start + 6 * hour,
      gaps: [],
    });
  });

  test("finds what statements have lost, again at each run until it is there", async () => {
    const { shop, stores, check } = await checked();
    await shop.send(request("a", start), request("b", start));
    shop.at(start + 2 * hour);
    await rollClosedHours(shop.rolls, shard);
    const broken = { ...stores, log: losing(shop.log) };
    const gap = { merchant, hour: hourOf(start), gap: 2 };
    expect(await checkConservation(broken, start + 6 * hour, plenty)).toEqual([gap]);
    expect(await checkConservation(broken, start + 7 * hour, plenty)).toEqual([gap]);
    expect((await stores.checks.lastCheck(merchant))?.gaps).toEqual([{ hour: hourOf(start), gap: 2 }]);
    expect(await check(start + 8 * hour)).toEqual([]);
    expect((await stores.checks.lastCheck(merchant))?.gaps).toEqual([]);
  });

  test("reads each closed hour once, and none that may still be rolled", async () => {
    const { shop, stores, check } = await checked();
    await shop.send(request("a", start));
    const asked: number[] = [];
    const own = shop.rolls.journal;
    const journal = new Proxy(own, {
      get: (_, method: keyof typeof own) => {
        if (method !== "bundles") return own[method].bind(own);
        return (...[at, after]: Parameters<typeof own.bundles>) => {
          asked.push(at.hour);
          return own.bundles(at, after);
        };
      },
    });
    const watched = { ...stores, journal: { ...shop.rolls, journal } };
    await check(start + 3 * hour);
    await rollClosedHours(shop.rolls, shard);
    await checkConservation(watched, start + 3 * hour + minute, plenty);
    expect(asked).toEqual([]);
    await checkConservation(watched, start + 5 * hour, plenty);
    expect(asked.every((at) => at >= hourOf(start) && at < hourOf(start + 2 * hour))).toBe(true);
    expect(asked).toContain(hourOf(start));
    expect(await bundlesOf(shop.rolls.journal, { ...shard, hour: hourOf(start) })).toHaveLength(1);
  });

  test("stops when its time is short, and goes on at the next run", async () => {
    const { stores, check } = await checked();
    let left = 5;
    const short = { remainingMs: () => (left-- > 0 ? 900_000 : 1_000) };
    await check(start + 10 * hour, short);
    const first = await stores.checks.lastCheck(merchant);
    expect(first?.through).toBeLessThan(hourOf(start));
    await check(start + 10 * hour);
    expect((await stores.checks.lastCheck(merchant))?.through).toBe(hourOf(start + 7 * hour));
  });
});
