export { RollMessage, sqsRollQueue } from "./roll-queue.ts";
