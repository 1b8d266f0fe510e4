import { stepSubscription } from "@farthing/billing";
import { http } from "../_kit/http.ts";
import { billing } from "../_kit/services/billing.ts";
import * as routes from "../_routes/subscriptions.ts";

/** POST /v1/subscriptions/{id}/resume: resumes a subscription. Running already, it stays so. */
export const handler = http(routes.resumeSubscription, ({ merchant, path, body }) =>
  stepSubscription(billing(), { merchant, id: path.id, kind: "resume", body }),
);
