import { workBackfill } from "@farthing/metering";
import { ok } from "@farthing/money";
import { queue } from "../_kit/queue.ts";
import { BackfillMessage, backfillWork } from "../_kit/services/metering.ts";

/** The queue of closing backfills: counts one, or works off a shard of it. A message may come twice. */
export const handler = queue(BackfillMessage, async (message, job) =>
  ok(await workBackfill(backfillWork(), message, job)),
);
