import { reportCollection } from "@farthing/billing";
import { http } from "../_kit/http.ts";
import { collections } from "../_kit/services/collecting.ts";
import * as routes from "../_routes/collections.ts";

/** GET /v1/reports/collection: shows the last reconciliation. */
export const handler = http(routes.reportCollection, (call) => reportCollection(collections(), call));
