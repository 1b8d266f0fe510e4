export { dynamoJournal } from "./journal.store.ts";
export { shardsOfMarkKeys } from "./mark-key.ts";
export { dynamoMeterSets } from "./meter-set.store.ts";
export { dynamoRejections } from "./rejection.store.ts";
export { dynamoRollProgress } from "./roll-progress.store.ts";
export { dynamoShardPlans } from "./shard-plan.store.ts";
export { dynamoStatementLog } from "./statement.store.ts";
export { dynamoWakeClaims } from "./wake-claim.store.ts";
