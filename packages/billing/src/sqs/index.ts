export { SettlementMessage, sqsSettlementQueue } from "./settlement-queue.ts";
