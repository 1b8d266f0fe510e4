import { open } from "../_kit/open.ts";
import { unrouted } from "../_kit/unrouted.ts";
import { allRoutes } from "../_routes/all.ts";

/** Every request that no route takes: says whether the address or only the method is unknown. */
export const handler = open({ route: "$default" }, (request) => unrouted(allRoutes, request));
