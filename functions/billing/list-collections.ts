import { listCollections } from "@farthing/billing";
import { http } from "../_kit/http.ts";
import { collections } from "../_kit/services/collecting.ts";
import * as routes from "../_routes/collections.ts";

/** GET /v1/collections: lists collections that something is left to do about. */
export const handler = http(routes.listCollections, (call) =>
  listCollections(collections(), { ...call.page, ...call.query, merchant: call.merchant }),
);
