import { planSettlements } from "@farthing/billing";
import { schedule } from "../_kit/schedule.ts";
import { settling } from "../_kit/services/billing.ts";

/** Every hour: settles customers whose period is over, and pushes on settlements that stand still. */
export const handler = schedule(() => planSettlements(settling()));
