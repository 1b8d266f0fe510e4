import { takeStep } from "@farthing/billing";
import { ok } from "@farthing/money";
import { queue } from "../_kit/queue.ts";
import { SettlementMessage, settling } from "../_kit/services/billing.ts";

/** The queue of settlement steps: takes the step that a message asks for. A message may come twice. */
export const handler = queue(SettlementMessage, async (message) => ok(await takeStep(settling(), message)));
