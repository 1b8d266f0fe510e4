import { stepSubscription } from "@farthing/billing";
import { http } from "../_kit/http.ts";
import { billing } from "../_kit/services/billing.ts";
import * as routes from "../_routes/subscriptions.ts";

/** POST /v1/subscriptions/{id}/pause: pauses a subscription. Paused already, it stays so. */
export const handler = http(routes.pauseSubscription, ({ merchant, path, body }) =>
  stepSubscription(billing(), { merchant, id: path.id, kind: "pause", body }),
);
