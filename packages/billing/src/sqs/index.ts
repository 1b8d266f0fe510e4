export { CollectionMessage, sqsCollectionQueue } from "./collection-queue.ts";
export { SettlementMessage, sqsSettlementQueue } from "./settlement-queue.ts";
