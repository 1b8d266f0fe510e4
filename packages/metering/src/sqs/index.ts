export { BackfillMessage, sqsBackfillQueue } from "./backfill-queue.ts";
export { RollMessage, sqsRollQueue } from "./roll-queue.ts";
