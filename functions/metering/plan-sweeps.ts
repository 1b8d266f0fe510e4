import { planRolls } from "@farthing/metering";
import { schedule } from "../_kit/schedule.ts";
import { planning } from "../_kit/services/metering.ts";

/** Every hour: asks every shard to look for bundles that nobody marked, and for marks that woke nobody. */
export const handler = schedule(() => planRolls(planning(), "sweep"));
