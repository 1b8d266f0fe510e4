export { dynamoAccountLog } from "./account.store.ts";
export { dynamoConservationChecks } from "./conservation-check.store.ts";
export { dynamoCustomers } from "./customer.store.ts";
export { dynamoInvoiceIndex } from "./invoice.store.ts";
export { dynamoInvoiceNumbers } from "./numbers.store.ts";
export { dynamoSeals } from "./seal.store.ts";
export { dynamoSettlements } from "./settlement.store.ts";
export { dynamoSubscriptions } from "./subscription.store.ts";
