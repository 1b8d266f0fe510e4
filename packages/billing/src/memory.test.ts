import { customerId, merchantId } from "@farthing/money";
import { expect, test } from "vitest";
import { accountLogContract } from "./account-log.contract.ts";
import { chargeIndexesContract } from "./charge-index.contract.ts";
import { collectionContract } from "./collection.contract.ts";
import { conservationChecksContract } from "./conservation-check.contract.ts";
import { couponApplicationsContract } from "./coupon-application.contract.ts";
import { customersContract } from "./customer.contract.ts";
import { dueBuckets } from "./customer.ts";
import { dueBucketOf } from "./due-bucket.ts";
import { invoicesContract } from "./invoice.contract.ts";
import {
  memoryAccountLog,
  memoryChargeIndexes,
  memoryChecks,
  memoryCollectionRuns,
  memoryCollections,
  memoryCouponApplications,
  memoryCustomers,
  memoryInvoiceIndex,
  memoryInvoiceNumbers,
  memoryNews,
  memoryRailCustomers,
  memoryReconciliations,
  memorySeals,
  memorySettlementQueue,
  memorySettlements,
  memorySubscriptions,
} from "./memory.ts";
import { newsContract, writtenNewsContract } from "./news.contract.ts";
import { numbersContract } from "./numbers.contract.ts";
import { sealsContract } from "./seal.contract.ts";
import { settlementsContract } from "./settlement.contract.ts";
import { subscriptionsContract } from "./subscription.contract.ts";

accountLogContract("in memory", memoryAccountLog);
chargeIndexesContract("in memory", memoryChargeIndexes);
collectionContract("in memory", () => ({
  collections: memoryCollections(),
  runs: memoryCollectionRuns(),
  railCustomers: memoryRailCustomers(),
  reconciliations: memoryReconciliations(),
}));
conservationChecksContract("in memory", memoryChecks);
couponApplicationsContract("in memory", memoryCouponApplications);
customersContract("in memory", memoryCustomers);
subscriptionsContract("in memory", memorySubscriptions);
sealsContract("in memory", memorySeals);
settlementsContract("in memory", memorySettlements);
newsContract("in memory", memoryNews);
writtenNewsContract("in memory", () => {
  const desk = memoryNews();
  return { desk, account: memoryAccountLog(desk), settlements: memorySettlements(desk) };
});
invoicesContract("in memory", memoryInvoiceIndex);
numbersContract("in memory", memoryInvoiceNumbers);

const merchant = merchantId("acme");

test("a queue in memory keeps what was asked", async () => {
  const queue = memorySettlementQueue();
  await queue.askToRoll(merchant, "st_1", 3);
  await queue.askToAdvance(merchant, "st_1", 30);
  await queue.askToSettle(merchant, "st_1", 0);
  await queue.askToAdvance(merchant, "st_1");
  await queue.askToWrite({ merchant, customer: customerId("ann") }, "st_1", 2);
  const of = { merchant, settlement: "st_1" };
  expect(queue.asked).toEqual([
    { ask: "roll", ...of, shard: 3 },
    { ask: "advance", ...of, delaySeconds: 30 },
    { ask: "settle", ...of, chunk: 0 },
    { ask: "advance", ...of, delaySeconds: 0 },
    { ask: "write", ...of, customer: "ann", seal: 2 },
  ]);
});

test("customers spread evenly over the due index", () => {
  const sizes = Array.from({ length: dueBuckets }, () => 0);
  for (let i = 0; i < 64_000; i++) {
    const bucket = dueBucketOf(merchant, customerId(`customer-${i}`));
    sizes[bucket] = (sizes[bucket] ?? 0) + 1;
  }
  expect(Math.min(...sizes)).toBeGreaterThan(800);
  expect(Math.max(...sizes)).toBeLessThan(1200);
});
