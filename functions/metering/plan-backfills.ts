import { planBackfills } from "@farthing/metering";
import { schedule } from "../_kit/schedule.ts";
import { backfilling } from "../_kit/services/metering.ts";

/** Every hour: pushes on backfills that are closing and stand still. */
export const handler = schedule(() => planBackfills(backfilling()));
