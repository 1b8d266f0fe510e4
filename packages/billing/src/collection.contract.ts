import { currency, customerId, type MerchantId, merchantId, picos } from "@farthing/money";
import { describe, expect, test } from "vitest";
import {
  type Collection,
  type CollectionRuns,
  type Collections,
  collectionBuckets,
  type RailCustomers,
} from "./collection.ts";
import { collectionBucketOf } from "./collection-bucket.ts";
import { changed, newCollection, refOf } from "./collection-plan.ts";
import { invoiceId } from "./invoice-id.ts";
import type { Reconciliation, Reconciliations } from "./reconciliation.ts";

/** The stores of collection. */
export interface CollectionStores {
  readonly collections: Collections;
  readonly runs: CollectionRuns;
  readonly railCustomers: RailCustomers;
  readonly reconciliations: Reconciliations;
}

let tests = 0;
const freshMerchant = () => merchantId(`Collect-${++tests}`);

function one(merchant: MerchantId, customer = "ann", more: Partial<Collection> = {}): Collection {
  const ref = { merchant, customer: customerId(customer), seal: 3, currency: currency("USD") };
  return { ...newCollection(ref, { settlement: "st_1", amount: picos("12.34"), now: 1000 }), ...more };
}

const at = Date.UTC(2026, 10, 26, 23, 59);
const movement = { id: "txn_1", amount: picos("12.34"), fee: picos("0.66"), currency: currency("USD"), at };

/** What every store of collections does. */
export function collectionContract(where: string, open: () => CollectionStores): void {
  describe(`collections ${where}`, () => {
    test("are opened once, and read back whole", async () => {
      const [{ collections }, collection] = [open(), one(freshMerchant())];
      expect(await collections.collection(collection)).toBeUndefined();
      await collections.open(collection);
      await collections.open({ ...collection, settlement: "st_2" });
      expect(await collections.collection(collection)).toEqual(collection);
      expect(await collections.collection({ ...collection, seal: 4 })).toBeUndefined();
      expect(await collections.collection({ ...collection, currency: currency("EUR") })).toBeUndefined();
    });

    test("change over the revision that was read, and no other", async () => {
      const [{ collections }, collection] = [open(), one(freshMerchant())];
      expect(await collections.commit({ collection: changed(collection, { tries: 1 }) })).toBe("stale");
      await collections.open(collection);
      const refunds = [{ key: "12n", amount: picos("1"), status: "sending", requestedAt: 5 }] as const;
      const next = changed(collection, { status: "paid", movement, refunds, payment: "pi_1" });
      expect(await collections.commit({ collection: next })).toBe("committed");
      expect(await collections.commit({ collection: next })).toBe("stale");
      expect(await collections.commit({ collection: changed(collection, { tries: 9 }) })).toBe("stale");
      expect(await collections.collection(collection)).toEqual(next);
    });

    test("store facts and events with the change, all or nothing", async () => {
      const [{ collections }, collection] = [open(), one(freshMerchant())];
      await collections.open(collection);
      const fact = { ...refOf(collection), kind: "payment", cause: "payment:pi_1", payment: "pi_1" } as const;
      const facts = [{ ...fact, amount: collection.amount, at, movement }];
      const next = changed(collection, { status: "paid" });
      expect(await collections.commit({ collection: { ...next, revision: 9 }, facts, event: "evt_1" })).toBe("stale");
      expect(await collections.facts(collection.merchant, "2026-11-26")).toEqual([]);
      expect(await collections.commit({ collection: next, facts, event: "evt_1" })).toBe("committed");
      expect(await collections.commit({ collection: changed(next, { tries: 1 }), event: "evt_1" })).toBe("seen");
      expect(await collections.collection(collection)).toEqual(next);
      await expect(collections.commit({ collection: changed(next, {}), facts })).rejects.toThrow("posted before");
      expect(await collections.facts(collection.merchant, "2026-11-26")).toEqual(facts);
      expect(await collections.facts(collection.merchant, "2026-11-27")).toEqual([]);
      expect(await collections.facts(freshMerchant(), "2026-11-26")).toEqual([]);
    });

    test("take an event that changes nothing once", async () => {
      const [{ collections }, merchant] = [open(), freshMerchant()];
      expect(await collections.noteEvent(merchant, "evt_9")).toBe("noted");
      expect(await collections.noteEvent(merchant, "evt_9")).toBe("seen");
      expect(await collections.noteEvent(freshMerchant(), "evt_9")).toBe("noted");
    });

    test("are due by their time, in order, until nothing is left to do", async () => {
      const [{ collections }, merchant] = [open(), freshMerchant()];
      const first = one(merchant);
      const bucket = collectionBucketOf(first);
      await collections.open(first);
      const due = (until: number, limit = 9) => collections.due(merchant, bucket, { until, limit });
      expect(await due(999)).toEqual([]);
      expect(await due(1000)).toEqual([refOf(first)]);
      const later = changed(first, { dueAt: 5000 });
      await collections.commit({ collection: later });
      expect(await due(1000)).toEqual([]);
      expect(await due(5000)).toEqual([refOf(first)]);
      await collections.commit({ collection: changed(later, { dueAt: undefined }) });
      expect(await due(9000)).toEqual([]);
      expect(await collections.openOnes(merchant, { limit: 5 })).toEqual({ collections: [] });
    });

    test.for([1, 2, 7, 50])("are listed while they are open, in pages of %i", async (limit) => {
      const [{ collections }, merchant] = [open(), freshMerchant()];
      const all = Array.from({ length: 20 }, (_, index) => one(merchant, `c${index}`, { dueAt: 1000 + (index % 3) }));
      for (const each of all) await collections.open(each);
      const seen: string[] = [];
      let after: string | undefined;
      do {
        const page = await collections.openOnes(merchant, after === undefined ? { limit } : { limit, after });
        expect(page.collections.length).toBeLessThanOrEqual(limit);
        seen.push(...page.collections.map(invoiceId));
        after = page.next;
      } while (after !== undefined);
      expect(seen.toSorted()).toEqual(all.map(invoiceId).toSorted());
      expect(new Set(all.map(collectionBucketOf)).size).toBeGreaterThan(1);
      expect(Math.max(...all.map(collectionBucketOf))).toBeLessThan(collectionBuckets);
    });
  });

  describe(`settlements to collect ${where}`, () => {
    test("are expected until they are opened", async () => {
      const [{ runs }, merchant] = [open(), freshMerchant()];
      for (const settlement of ["st_2", "st_1", "st_1"]) await runs.expect(merchant, settlement);
      expect(await runs.expected(merchant)).toEqual(["st_1", "st_2"]);
      expect(await runs.expected(freshMerchant())).toEqual([]);
      for (let time = 0; time < 2; time++) await runs.opened(merchant, "st_1");
      expect(await runs.expected(merchant)).toEqual(["st_2"]);
    });
  });

  describe(`customers at the rail ${where}`, () => {
    test("are who was noted first", async () => {
      const [{ railCustomers }, merchant, ann] = [open(), freshMerchant(), customerId("ann")];
      expect(await railCustomers.railCustomer(merchant, ann)).toBeUndefined();
      expect(await railCustomers.noteRailCustomer(merchant, ann, "cus_1")).toBe("cus_1");
      expect(await railCustomers.noteRailCustomer(merchant, ann, "cus_2")).toBe("cus_1");
      expect(await railCustomers.railCustomer(merchant, ann)).toBe("cus_1");
      expect(await railCustomers.railCustomer(merchant, customerId("Ann"))).toBeUndefined();
    });
  });

  describe(`reconciliations ${where}`, () => {
    test("are replaced by the next", async () => {
      const [{ reconciliations }, merchant] = [open(), freshMerchant()];
      expect(await reconciliations.last(merchant)).toBeUndefined();
      const sums = { ours: picos("-1"), theirs: picos("2"), ourFees: picos("0"), theirFees: picos("0.3") };
      const found: Reconciliation = {
        from: 1,
        to: 2,
        checkedAt: 3,
        movements: 4,
        totals: [{ currency: currency("USD"), ...sums }],
        mended: [{ what: "noted", id: "txn_1", invoice: "inv_a_1_USD" }],
        unmatched: [{ what: "only_ours", id: "txn_2", at: 5 }],
      };
      await reconciliations.save(merchant, found);
      expect(await reconciliations.last(merchant)).toEqual(found);
      await reconciliations.save(merchant, { ...found, unmatched: [] });
      expect(await reconciliations.last(merchant)).toEqual({ ...found, unmatched: [] });
    });
  });
}
