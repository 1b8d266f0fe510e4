import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Lambda } from "../run/lambda.ts";
import type { Outcome, RequestBody } from "../run/messages.ts";
import type { Cors } from "../template/routes.ts";
import { largestPayload, readBody } from "./body.ts";
import { corsHeaders, isPreflight, preflightHeaders } from "./cors.ts";
import { streamedRoute, streamTail, wantsStream } from "./event-stream.ts";
import { httpEvent, travelsAsBase64 } from "./http-event.ts";
import { refusal } from "./refusals.ts";
import { type Reply, replyOf } from "./reply.ts";
import type { RouteMatch, RouteTable } from "./route-table.ts";

/** What the gateway serves. */
export interface Served {
  readonly routes: RouteTable<Lambda>;
  readonly cors?: Cors;
}

/** The HTTP API on this machine. */
export interface Gateway {
  readonly url: string;
  /** Requests are answered with 503 until there is something to serve. */
  serve(served: Served): void;
  stop(): Promise<void>;
}

const integrationTimeoutMs = 30_000;
const headerLimit = 10_240;

type Found = Extract<RouteMatch<Lambda>, { kind: "found" }>;

function send(response: ServerResponse, reply: Reply, extra: Readonly<Record<string, string>> = {}): void {
  const length = typeof reply.body === "string" ? Buffer.byteLength(reply.body) : reply.body.length;
  const bodiless = reply.status === 204 || reply.status === 304;
  for (const [name, value] of Object.entries({ ...reply.headers, ...extra })) response.setHeader(name, value);
  if (!bodiless) response.setHeader("content-length", length);
  response.writeHead(reply.status);
  response.end(bodiless ? undefined : reply.body);
}

function headerBytes(request: IncomingMessage): number {
  return request.rawHeaders.reduce((sum, text) => sum + text.length, (request.url ?? "").length);
}

async function withinTime(outcome: Promise<Outcome>): Promise<Outcome | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, integrationTimeoutMs, undefined);
  });
  return Promise.race([outcome, late]).finally(() => clearTimeout(timer));
}

interface Asked {
  readonly path: string;
  readonly query: string;
  readonly found: Found;
}

async function integrate(request: IncomingMessage, asked: Asked): Promise<Reply> {
  const body = await readBody(request);
  if (body.kind === "too_large") return refusal("tooLarge");
  const base64 = travelsAsBase64(request.headers);
  if (body.bytes.length * (base64 ? 4 / 3 : 1) > largestPayload) return refusal("tooLarge");
  return await invoke(request, asked, body.bytes.length === 0 ? undefined : { bytes: body.bytes, base64 });
}

async function invoke(request: IncomingMessage, { path, query, found }: Asked, sent?: RequestBody): Promise<Reply> {
  const event = httpEvent({
    method: request.method ?? "GET",
    path,
    rawQuery: query,
    protocol: `HTTP/${request.httpVersion}`,
    headers: request.headers,
    sourceIp: request.socket.remoteAddress ?? "127.0.0.1",
    port: request.socket.localPort ?? 0,
    routeKey: found.key,
    parameters: found.parameters,
    hasBody: sent !== undefined,
    now: new Date(),
  });
  const outcome = await withinTime(found.target.invoke(event, sent));
  if (outcome === undefined) return refusal("tooSlow", { "retry-after": "1" });
  return (outcome.ok ? replyOf(outcome.payload) : undefined) ?? refusal("failed");
}

async function answer(request: IncomingMessage, served: Served | undefined): Promise<Reply> {
  const [path = "", ...rest] = (request.url ?? "").split("?");
  if (served === undefined) return refusal("tooSlow", { "retry-after": "1" });
  if (!path.startsWith("/")) return refusal("malformed");
  if (headerBytes(request) > headerLimit) return refusal("headersTooLarge");
  if (served.cors !== undefined && isPreflight(request.method ?? "", request.headers)) {
    return { status: 204, headers: preflightHeaders(served.cors, request.headers.origin), body: "" };
  }
  const match = served.routes(request.method ?? "GET", path);
  if (match.kind === "malformed") return refusal("malformed");
  if (match.kind === "unknown") return refusal("unknown");
  if (match.kind === "wrong_method") return refusal("wrongMethod", { allow: match.allowed.join(", ") });
  return integrate(request, { path, query: rest.join("?"), found: match });
}

/** A tail goes out piece by piece; all else is one answer. */
async function reply(
  request: IncomingMessage,
  response: ServerResponse,
  served: Served | undefined,
): Promise<Reply | undefined> {
  const [path = ""] = (request.url ?? "").split("?");
  const match = wantsStream(request) && path.startsWith("/") ? served?.routes("GET", path) : undefined;
  if (match?.kind !== "found" || match.key !== streamedRoute) return answer(request, served);
  for (const [name, value] of Object.entries(corsHeaders(served?.cors, request.headers.origin)))
    response.setHeader(name, value);
  return await streamTail(request, response, (query) => invoke(request, { path, query, found: match }));
}

async function handle(request: IncomingMessage, response: ServerResponse, served: Served | undefined): Promise<void> {
  const made = await reply(request, response, served);
  if (made === undefined) return;
  try {
    send(response, made, corsHeaders(served?.cors, request.headers.origin));
  } catch {
    // A header that HTTP cannot carry.
    for (const name of response.getHeaderNames()) response.removeHeader(name);
    send(response, refusal("failed"));
  }
  // What was not read of a refused body is read and dropped, or the client would lose the answer to a reset connection.
  if (!request.complete) request.resume();
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : port;
}

/** Opens the HTTP API on the loopback interface; port 0 takes a free one. */
export async function openGateway(port: number): Promise<Gateway> {
  let served: Served | undefined;
  const server = createServer({ maxHeaderSize: 64 * 1024, keepAliveTimeout: 65_000 }, (request, response) => {
    handle(request, response, served).catch(() => response.destroy());
  });
  const bound = await listen(server, port);
  return {
    url: `http://127.0.0.1:${bound}`,
    serve(next) {
      served = next;
    },
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      const patience = setTimeout(() => server.closeAllConnections(), 2000);
      await closed;
      clearTimeout(patience);
    },
  };
}
