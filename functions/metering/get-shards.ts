import { getShards } from "@farthing/metering";
import { http } from "../_kit/http.ts";
import { sharding } from "../_kit/services/metering.ts";
import * as routes from "../_routes/shards.ts";

/** GET /v1/shards: shows how many shards the merchant has. */
export const handler = http(routes.getShards, (call) => getShards(sharding(), call));
