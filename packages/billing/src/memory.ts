export { memoryAccountLog } from "./memory-account.ts";
export { memoryChargeIndexes } from "./memory-charge-indexes.ts";
export { memoryChecks } from "./memory-checks.ts";
export { memoryCollectionQueue, memoryMailer } from "./memory-collecting.ts";
export {
  memoryCollectionRuns,
  memoryCollections,
  memoryRailCustomers,
  memoryReconciliations,
} from "./memory-collections.ts";
export { memoryCouponApplications } from "./memory-coupons.ts";
export { memoryCustomers } from "./memory-customers.ts";
export { memoryInvoiceIndex, memorySettlementQueue, type SettlementAsk } from "./memory-invoices.ts";
export { memoryNews } from "./memory-news.ts";
export { memoryInvoiceNumbers } from "./memory-numbers.ts";
export { memorySeals } from "./memory-seals.ts";
export { memorySettlements } from "./memory-settlements.ts";
export { memorySubscriptions } from "./memory-subscriptions.ts";
export { memoryTerms } from "./memory-terms.ts";
