import { getCollection } from "@farthing/billing";
import { http } from "../_kit/http.ts";
import { collections } from "../_kit/services/collecting.ts";
import * as routes from "../_routes/collections.ts";

/** GET /v1/invoices/{id}/collection: shows what became of an invoice's collection. */
export const handler = http(routes.getCollection, (call) =>
  getCollection(collections(), { merchant: call.merchant, id: call.path.id }),
);
