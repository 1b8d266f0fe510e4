import { maxShards } from "@farthing/metering";
import * as v from "valibot";
import { TimeText } from "../_kit/fields.ts";
import { route } from "../_kit/route.ts";
import { Count } from "./event-shapes.ts";

const Shards = v.pipe(
  v.object({ count: Count, next: v.optional(v.object({ count: Count, from: TimeText })) }),
  v.title("Shards"),
);

/** Shows how many shards the merchant has. */
export const getShards = route({
  route: "GET /v1/shards",
  does: "Shows how many shards the merchant has, and from when on it has another number of them.",
  roles: ["admin"],
  answer: Shards,
  errors: [],
});

/** Sets how many shards the merchant has. */
export const putShards = route({
  route: "PUT /v1/shards",
  does: "Sets how many shards the merchant has from the second full hour on.",
  roles: ["admin"],
  body: v.strictObject({ count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(maxShards)) }),
  answer: Shards,
  errors: [],
});
