import { putShards } from "@farthing/metering";
import { http } from "../_kit/http.ts";
import { sharding } from "../_kit/services/metering.ts";
import * as routes from "../_routes/shards.ts";

/** PUT /v1/shards: sets how many shards the merchant has, two hours ahead. A resend changes nothing. */
export const handler = http(routes.putShards, ({ merchant, body }) => putShards(sharding(), { merchant, ...body }));
