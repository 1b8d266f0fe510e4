import { deliver } from "@farthing/access";
import { ok } from "@farthing/money";
import { count } from "../_kit/count.ts";
import { queue } from "../_kit/queue.ts";
import { DeliveryMessage, delivering } from "../_kit/services/webhooks.ts";

/** The queue of deliveries: makes the attempt that is due. A message may come twice, or early: then it makes none. */
export const handler = queue(DeliveryMessage, async (message) => {
  const result = await deliver(delivering(), message);
  if (result === "retrying" || result === "exhausted") count("AttemptFailed");
  return ok(result);
});
