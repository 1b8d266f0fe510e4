import { publishMessages } from "@farthing/access";
import type { Announcements } from "@farthing/billing";
import * as v from "valibot";
import { webhookEvents } from "../webhook-events.ts";
import { publishing } from "./webhooks.ts";

/** Tells merchants through their webhooks; what a type's schema does not name stays inside. */
export const announcements: Announcements = {
  announce: (all) =>
    publishMessages(
      publishing(),
      all.map((one) => ({ ...one, data: v.parse(webhookEvents[one.type].data, one.data) })),
    ),
};
