import { open } from "../_kit/open.ts";
import { openApi } from "../_kit/open-api.ts";
import { json } from "../_kit/reply.ts";
import { lazy } from "../_kit/services/lazy.ts";
import { webhookEvents } from "../_kit/webhook-events.ts";
import * as routes from "../_routes/access.ts";
import { allRoutes } from "../_routes/all.ts";

const document = lazy(() => openApi(allRoutes, webhookEvents));

/** GET /openapi.json: describes the API. */
export const handler = open(routes.describeApi, () => json(200, document()));
