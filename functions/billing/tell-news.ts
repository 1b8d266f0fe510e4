import { tellNews } from "@farthing/billing";
import { schedule } from "../_kit/schedule.ts";
import { newsroom } from "../_kit/services/billing.ts";

/** Every minute: tells merchants of what was written since. Fired twice, or late, it tells nothing twice. */
export const handler = schedule(() => tellNews(newsroom()));
