import { customerId, decimal, type MerchantId, merchantId } from "@farthing/money";
import { describe, expect, test } from "vitest";
import type { Subscription, Subscriptions } from "./subscription.ts";
import type { SubscriptionEvent } from "./subscription-event.ts";

const at = 1_795_000_000_123;
let tests = 0;

function freshMerchant(): MerchantId {
  return merchantId(`Subscriptions-${++tests}`);
}

function subscriptionOf(merchant: MerchantId, customer: string, id: string, start = at): Subscription {
  const times = { start, flatFrom: start - 1, createdAt: at };
  const plan = { plan: "pro", planVersion: 3, interval: "month", timezone: "Asia/Kolkata" } as const;
  return { merchant, customer: customerId(customer), id, ...plan, ...times };
}

const own = { key: "fee", model: "flat", amount: decimal("0.25"), timing: "in_advance" } as const;
const everything = {
  anchor: "2026-01-31",
  proration: "none",
  replaces: "s0",
  addOn: "s9",
  quantity: decimal("2.5"),
  overrides: [own],
  phasesFrom: at - 7,
} as const;

/** What every store of subscriptions does. */
export function subscriptionsContract(name: string, open: () => Subscriptions): void {
  describe(`${name}: subscriptions`, () => {
    test("are added once", async () => {
      const [subscriptions, merchant] = [open(), freshMerchant()];
      const first = subscriptionOf(merchant, "a", "s1");
      expect(await subscriptions.addSubscription(first)).toBe("added");
      expect(await subscriptions.addSubscription({ ...first, plan: "other" })).toBe("exists");
      expect(await subscriptions.subscriptionsOf(merchant, first.customer)).toEqual([first]);
    });

    test("keep all that is said of them", async () => {
      const [subscriptions, merchant] = [open(), freshMerchant()];
      const said = { ...subscriptionOf(merchant, "a", "s1"), ...everything };
      await subscriptions.addSubscription(said);
      expect(await subscriptions.subscriptionsOf(merchant, said.customer)).toEqual([said]);
    });

    test("come with what became of them, each number once", async () => {
      const [subscriptions, merchant] = [open(), freshMerchant()];
      const [one, other] = [subscriptionOf(merchant, "a", "s1"), subscriptionOf(merchant, "a", "s2")];
      for (const each of [one, other, subscriptionOf(merchant, "a1", "s1")]) await subscriptions.addSubscription(each);
      const event = (number: number): SubscriptionEvent => ({ number, kind: "pause", at: at + number, createdAt: at });
      const ended: SubscriptionEvent = { ...event(2), kind: "cancel", proration: "none" };
      expect(await subscriptions.addEvent(one, event(1))).toBe("added");
      expect(await subscriptions.addEvent(one, { ...event(1), at })).toBe("taken");
      expect(await subscriptions.addEvent(one, ended)).toBe("added");
      for (let number = 1; number <= 11; number++) await subscriptions.addEvent(other, event(number));
      const elevenths = Array.from({ length: 11 }, (_, index) => event(index + 1));
      expect(await subscriptions.subscriptionsOf(merchant, one.customer)).toEqual([
        { ...one, events: [event(1), ended] },
        { ...other, events: elevenths },
      ]);
      expect(await subscriptions.subscriptionsOf(merchant, customerId("a1"))).toEqual([
        subscriptionOf(merchant, "a1", "s1"),
      ]);
    });

    test("get each event from one of twenty at once", async () => {
      const [subscriptions, merchant] = [open(), freshMerchant()];
      const one = subscriptionOf(merchant, "a", "s1");
      await subscriptions.addSubscription(one);
      const event: SubscriptionEvent = { number: 1, kind: "pause", at, createdAt: at };
      const answers = await Promise.all(Array.from({ length: 20 }, () => subscriptions.addEvent(one, event)));
      expect(answers.filter((answer) => answer === "added")).toHaveLength(1);
    });

    test("are added by one of twenty at once", async () => {
      const [subscriptions, merchant] = [open(), freshMerchant()];
      const one = subscriptionOf(merchant, "a", "s1");
      const answers = await Promise.all(Array.from({ length: 20 }, () => subscriptions.addSubscription(one)));
      expect(answers.filter((answer) => answer === "added")).toHaveLength(1);
    });

    test("of a customer come by start, creation and id, and none of a customer whose id begins alike", async () => {
      const [subscriptions, merchant] = [open(), freshMerchant()];
      const mine = [
        subscriptionOf(merchant, "c1", "s3", at - 10),
        { ...subscriptionOf(merchant, "c1", "s9"), createdAt: at - 1 },
        subscriptionOf(merchant, "c1", "s1"),
        subscriptionOf(merchant, "c1", "s2"),
      ];
      for (const one of mine.toReversed()) await subscriptions.addSubscription(one);
      for (const other of ["c10", "c", "C1"])
        await subscriptions.addSubscription(subscriptionOf(merchant, other, "s1"));
      expect(await subscriptions.subscriptionsOf(merchant, customerId("c1"))).toEqual(mine);
      expect(await subscriptions.subscriptionsOf(freshMerchant(), customerId("c1"))).toEqual([]);
    });

    test.for([1, 2, 6, 7, 50])("of a merchant are listed, %i at a time", async (limit) => {
      const [subscriptions, merchant] = [open(), freshMerchant()];
      const all = ["a", "b", "b1"].flatMap((c) => ["s1", "s2"].map((id) => subscriptionOf(merchant, c, id)));
      for (const one of all) await subscriptions.addSubscription(one);
      const listed: Subscription[] = [];
      for (let page = await subscriptions.subscriptions(merchant, { limit }); ; ) {
        expect(page.subscriptions.length).toBeLessThanOrEqual(limit);
        listed.push(...page.subscriptions);
        if (page.next === undefined) break;
        page = await subscriptions.subscriptions(merchant, { limit, after: page.next });
        expect(page.subscriptions).not.toEqual([]);
      }
      expect(listed).toHaveLength(all.length);
      expect(listed).toEqual(expect.arrayContaining(all));
    });
  });
}
