export { frozenCopy } from "./frozen-copy.ts";
export { memoryBackfillQueue, memoryBackfills, memoryStaging } from "./memory-backfills.ts";
export { memoryJournal } from "./memory-journal.ts";
export { memoryRollProgress, memoryRollQueue, type RollAsk } from "./memory-progress.ts";
export { memoryMeterSets, memoryShardPlans } from "./memory-registry.ts";
export { memoryRejections } from "./memory-rejections.ts";
export { memoryCustomerRegister, memoryStatementLog } from "./memory-statements.ts";
