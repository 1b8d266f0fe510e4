import { planRolls } from "@farthing/metering";
import { schedule } from "../_kit/schedule.ts";
import { planning } from "../_kit/services/metering.ts";

/** Every five minutes: asks every shard to roll the hours that closed. Fired twice, or late, it changes nothing. */
export const handler = schedule(() => planRolls(planning(), "hours"));
