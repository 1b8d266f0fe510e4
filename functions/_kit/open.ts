import { answering, type HttpHandler } from "./answering.ts";
import type { GatewayRequest } from "./gateway.ts";
import type { Reply } from "./reply.ts";
import type { Route } from "./route.ts";

/** Answers without a key: what says nothing of any merchant. */
export function open<R extends Pick<Route, "route"> | { readonly route: "$default" }>(
  route: R,
  answer: (request: GatewayRequest) => Reply,
): HttpHandler & { readonly route: R } {
  return Object.assign(
    answering(route.route, async (request) => answer(request)),
    { route },
  );
}
