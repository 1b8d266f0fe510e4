import { rollShard } from "@farthing/metering";
import { ok } from "@farthing/money";
import { queue } from "../_kit/queue.ts";
import { RollMessage, rolling } from "../_kit/services/metering.ts";

/** The queue of rolls: does what a message asks of a shard. A message may come twice. */
export const handler = queue(RollMessage, async ({ merchant, shard, reason }) => {
  return ok(await rollShard(rolling(), { shard: { merchant, shard }, reason }));
});
