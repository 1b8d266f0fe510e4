import { usageDocument } from "@farthing/metering";
import { http } from "../_kit/http.ts";
import { usage } from "../_kit/services/metering.ts";
import * as routes from "../_routes/metering.ts";

/** GET /v1/usage: reads what a meter measured, to the second. */
export const handler = http(routes.queryUsage, ({ merchant, query }) => usageDocument(usage(), { ...query, merchant }));
