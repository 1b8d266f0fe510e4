import { testWebhook } from "@farthing/access";
import { http } from "../_kit/http.ts";
import { webhooks } from "../_kit/services/webhooks.ts";
import * as routes from "../_routes/webhooks.ts";

/** POST /v1/webhooks/{id}/test: sends a test. A resend with its idempotency key sends none. */
export const handler = http(routes.testWebhook, (call) =>
  testWebhook(webhooks(), { merchant: call.merchant, id: call.path.id }, call),
);
