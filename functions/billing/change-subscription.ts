import { changeSubscription } from "@farthing/billing";
import { http } from "../_kit/http.ts";
import { billing } from "../_kit/services/billing.ts";
import * as routes from "../_routes/subscriptions.ts";

/** POST /v1/subscriptions/{id}/change: another subscription takes over. A resend answers the one that it made. */
export const handler = http(routes.changeSubscription, ({ merchant, path, body }) =>
  changeSubscription(billing(), { merchant, id: path.id, body }),
);
