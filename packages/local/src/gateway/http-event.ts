import { randomBytes, randomUUID } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { localAccount } from "../template/world.ts";

/** What the gateway knows of a request once its route is found. */
export interface RequestFacts {
  readonly method: string;
  readonly path: string;
  readonly rawQuery: string;
  readonly protocol: string;
  readonly headers: IncomingHttpHeaders;
  readonly sourceIp: string;
  readonly port: number;
  readonly routeKey: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly hasBody: boolean;
  readonly now: Date;
}

/** A request as a Lambda function receives it from an HTTP API, payload format 2.0; the body is added on its way. */
export interface HttpEvent {
  readonly version: "2.0";
  readonly routeKey: string;
  readonly rawPath: string;
  readonly rawQueryString: string;
  readonly cookies?: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly queryStringParameters?: Readonly<Record<string, string>>;
  readonly pathParameters?: Readonly<Record<string, string>>;
  readonly requestContext: Readonly<Record<string, unknown>>;
  readonly isBase64Encoded: boolean;
}

const textTypes = /^(?:text\/.*|application\/(?:json|javascript|xml))$/;

/**
 * Whether the gateway hands a body on in base64: all but four kinds of plain text do, and whatever is compressed.
 *
 * Source: measured on AWS by others; a missing content type and a form count as binary too.
 */
export function travelsAsBase64(headers: IncomingHttpHeaders): boolean {
  const encoding = headers["content-encoding"];
  if (encoding !== undefined && encoding !== "identity") return true;
  const type = (headers["content-type"] ?? "").split(";")[0] ?? "";
  return !textTypes.test(type.trim().toLowerCase());
}

function queryOf(raw: string): Record<string, string> | undefined {
  if (raw === "") return undefined;
  const joined = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(raw)) {
    const before = joined.get(name);
    joined.set(name, before === undefined ? value : `${before},${value}`);
  }
  return Object.fromEntries(joined);
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const two = (value: number): string => String(value).padStart(2, "0");

/** The gateway's own way to write a time: `12/Mar/2026:19:03:58 +0000`. */
export function gatewayTime(at: Date): string {
  const day = `${two(at.getUTCDate())}/${months[at.getUTCMonth()]}/${at.getUTCFullYear()}`;
  return `${day}:${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())} +0000`;
}

function headersOf(facts: RequestFacts): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(facts.headers)) {
    // Cookies travel in a field of their own; what concerns one connection stays with it.
    if (value === undefined || name === "cookie" || name === "connection" || name === "transfer-encoding") continue;
    headers[name] = Array.isArray(value) ? value.join(",") : value;
  }
  const forwarded = headers["x-forwarded-for"];
  headers["x-forwarded-for"] = forwarded === undefined ? facts.sourceIp : `${forwarded}, ${facts.sourceIp}`;
  headers["x-forwarded-port"] = String(facts.port);
  headers["x-forwarded-proto"] = "http";
  const seconds = Math.floor(facts.now.getTime() / 1000).toString(16);
  headers["x-amzn-trace-id"] ??= `Root=1-${seconds}-${randomBytes(12).toString("hex")}`;
  return headers;
}

function contextOf(facts: RequestFacts, headers: Readonly<Record<string, string>>): Record<string, unknown> {
  return {
    accountId: localAccount,
    apiId: "local",
    domainName: headers.host ?? "localhost",
    domainPrefix: "local",
    http: {
      method: facts.method,
      path: facts.path,
      protocol: facts.protocol,
      sourceIp: facts.sourceIp,
      userAgent: headers["user-agent"] ?? "",
    },
    requestId: randomUUID(),
    routeKey: facts.routeKey,
    stage: "$default",
    time: gatewayTime(facts.now),
    timeEpoch: facts.now.getTime(),
  };
}

/**
 * Makes the event of a request.
 *
 * Source: "AWS Lambda proxy integrations for HTTP APIs", payload format version 2.0.
 */
export function httpEvent(facts: RequestFacts): HttpEvent {
  const headers = headersOf(facts);
  const query = queryOf(facts.rawQuery);
  const cookies = facts.headers.cookie?.split(/; */).filter((cookie) => cookie !== "");
  return {
    version: "2.0",
    routeKey: facts.routeKey,
    rawPath: facts.path,
    rawQueryString: facts.rawQuery,
    ...(cookies === undefined ? {} : { cookies }),
    headers,
    ...(query === undefined ? {} : { queryStringParameters: query }),
    requestContext: contextOf(facts, headers),
    ...(Object.keys(facts.parameters).length === 0 ? {} : { pathParameters: facts.parameters }),
    isBase64Encoded: facts.hasBody && travelsAsBase64(facts.headers),
  };
}
