import type { IncomingHttpHeaders } from "node:http";
import type { Cors } from "../template/routes.ts";

type Headers = Record<string, string>;

const names = (list: readonly string[]): string => list.join(",");

function allowedOrigin(cors: Cors, origin: string): string | undefined {
  if (cors.AllowOrigins.includes("*")) return cors.AllowCredentials ? origin : "*";
  return cors.AllowOrigins.includes(origin) ? origin : undefined;
}

/** Headers that the gateway adds to an answer when the template configures CORS; none for an origin it does not allow. */
export function corsHeaders(cors: Cors | undefined, origin: string | undefined): Headers {
  if (cors === undefined || origin === undefined) return {};
  const allowed = allowedOrigin(cors, origin);
  if (allowed === undefined) return {};
  return {
    "access-control-allow-origin": allowed,
    ...(allowed === "*" ? {} : { vary: "Origin" }),
    ...(cors.AllowCredentials ? { "access-control-allow-credentials": "true" } : {}),
    ...(cors.ExposeHeaders.length === 0 ? {} : { "access-control-expose-headers": names(cors.ExposeHeaders) }),
  };
}

/** Whether a request is a browser's question before the real one; the gateway answers those itself under CORS. */
export function isPreflight(method: string, headers: IncomingHttpHeaders): boolean {
  return method === "OPTIONS" && "origin" in headers && "access-control-request-method" in headers;
}

/** The answer's headers to a preflight. */
export function preflightHeaders(cors: Cors, origin: string | undefined): Headers {
  const allowed = corsHeaders(cors, origin);
  if (Object.keys(allowed).length === 0) return {};
  return {
    ...allowed,
    ...(cors.AllowMethods.length === 0 ? {} : { "access-control-allow-methods": names(cors.AllowMethods) }),
    ...(cors.AllowHeaders.length === 0 ? {} : { "access-control-allow-headers": names(cors.AllowHeaders) }),
    ...(cors.MaxAge === undefined ? {} : { "access-control-max-age": String(cors.MaxAge) }),
  };
}
