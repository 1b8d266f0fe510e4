import type { Customers } from "../customer.ts";
import { dueBucketOf } from "../due-bucket.ts";
import { onceEach, untilNoneIsLeft } from "./batch.ts";
import type { dueEntity } from "./due.entity.ts";
import { plainly } from "./table.ts";

/** When customers are due, over their items. */
export function dueList(dues: ReturnType<typeof dueEntity>): Pick<Customers, "setDue" | "due"> {
  return {
    async setDue(merchant, all) {
      const items = onceEach(all, ({ customer }) => customer).map(({ customer, dueAt }) => {
        return { merchant, customer, bucket: dueBucketOf(merchant, customer), dueAt };
      });
      const [first] = items;
      // One alone is no batch: who sets a customer's may put an item, and no more.
      if (first !== undefined && items.length === 1) return void (await dues.put(first).go(plainly));
      await untilNoneIsLeft(items, async (waiting) => {
        const { unprocessed } = await dues.put([...waiting]).go(plainly);
        const left = new Set(unprocessed.map(({ customer }) => customer));
        return waiting.filter(({ customer }) => left.has(customer));
      });
    },
    async due(bucket, nowMs, limit) {
      const byNow = dues.query.byTime({ bucket }).lt({ dueAt: nowMs + 1 });
      const { data } = await byNow.go({ ...plainly, limit, count: limit });
      return data.map(({ merchant, customer, dueAt }) => ({ merchant, customer, dueAt }));
    },
  };
}
