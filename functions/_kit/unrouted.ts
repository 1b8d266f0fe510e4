import type { GatewayRequest } from "./gateway.ts";
import { problemReply } from "./problem.ts";
import type { Reply } from "./reply.ts";
import type { Route } from "./route.ts";

/** Answers a request that no route takes: `method_not_allowed` where its address knows other methods, else `not_found`. */
export function unrouted(
  routes: readonly Pick<Route, "route">[],
  { rawPath, requestContext }: Pick<GatewayRequest, "rawPath" | "requestContext">,
): Reply {
  const fits = routes.map(({ route }) => route.split(" ")).filter(([, path = ""]) => leadsTo(path, rawPath));
  if (fits.length === 0) return problemReply({ code: "not_found" }, requestContext.requestId);
  const allow = fits.map(([method]) => method).join(", ");
  const detail = `This address takes ${allow}, not ${requestContext.http.method.slice(0, 16)}.`;
  const reply = problemReply({ code: "method_not_allowed", detail }, requestContext.requestId);
  return { ...reply, headers: { ...reply.headers, allow } };
}

function leadsTo(path: string, rawPath: string): boolean {
  const steps = path.split("/");
  const asked = rawPath.split("/");
  return (
    steps.length === asked.length &&
    steps.every((step, at) => (step.startsWith("{") ? asked[at] !== "" : asked[at] === step))
  );
}
