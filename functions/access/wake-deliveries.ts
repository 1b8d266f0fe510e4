import { wakeDeliveries } from "@farthing/access";
import { count } from "../_kit/count.ts";
import { schedule } from "../_kit/schedule.ts";
import { publishing } from "../_kit/services/webhooks.ts";

/** Every minute: asks for the attempts that are due. Fired twice, or late, it changes nothing. */
export const handler = schedule(async () => {
  const { late } = await wakeDeliveries(publishing());
  if (late > 0) count("Late", late);
});
