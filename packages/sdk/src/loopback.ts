import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";

/** How the loopback API treats one request, in place of an honest answer. */
export type Mischief =
  | {
      readonly kind: "status";
      readonly status: number;
      readonly headers?: Record<string, string>;
      readonly body?: string;
    }
  /** Keeps the events, and cuts the connection instead of answering. */
  | { readonly kind: "drop_after_store" }
  /** Cuts the connection, and keeps nothing. */
  | { readonly kind: "drop_before_store" }
  /** Keeps the events, begins the answer and cuts it short. */
  | { readonly kind: "cut_answer" }
  /** Never answers; the connection is closed with the server. */
  | { readonly kind: "silence" };

/** A request to `/v1/events` as it came in, unpacked. */
export interface SeenRequest {
  readonly texts: readonly string[];
  readonly wire: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** An answer of another route. */
export interface RoutedAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Record<string, string>;
}

/** What the loopback API is to do. */
export interface LoopbackRules {
  /** What to do with the request of this number (from 0) and these events; undefined is an honest answer. */
  readonly mischief?: (request: number, texts: readonly string[]) => Mischief | undefined;
  /** The code that an event is refused with, if it is. */
  readonly refuse?: (event: Readonly<Record<string, unknown>>) => string | undefined;
  readonly warn?: (event: Readonly<Record<string, unknown>>) => string | undefined;
  /** More events than this in one request are refused whole, with 413. */
  readonly mostEvents?: number;
  /** How many refusals an answer lists. Default 1,000. */
  readonly mostListed?: number;
  /** The events of a named request wait under an open backfill. */
  readonly staged?: boolean;
  /** Answers to other routes, by method and path. */
  readonly routes?: (method: string, path: string, body: string) => RoutedAnswer | undefined;
}

/** An API on loopback that stores events once, as Farthing's does, and misbehaves when told to. */
export interface Loopback {
  readonly url: string;
  /** Event texts by identity: customer, source and id. */
  readonly stored: ReadonlyMap<string, string>;
  /** Identities that came again with other bytes. There should be none. */
  readonly altered: readonly string[];
  readonly requests: readonly SeenRequest[];
  close(): Promise<void>;
}

/** Starts the loopback API on a free port. */
export async function startLoopback(rules: LoopbackRules = {}): Promise<Loopback> {
  const shelf = { stored: new Map<string, string>(), altered: [] as string[], requests: [] as SeenRequest[] };
  const server = createServer((request, response) => void serve(rules, shelf, request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { ...shelf, url: `http://127.0.0.1:${port}`, close: () => stop(server) };
}

type Shelf = { stored: Map<string, string>; altered: string[]; requests: SeenRequest[] };

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function serve(rules: LoopbackRules, shelf: Shelf, request: IncomingMessage, response: ServerResponse) {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const wire = Buffer.concat(chunks);
  const [path = "", query = ""] = (request.url ?? "").split("?");
  if (request.method !== "POST" || path !== "/v1/events") {
    const other = rules.routes?.(request.method ?? "", request.url ?? "", wire.toString());
    const missing = { type: "about:blank", title: "Not found", status: 404, code: "not_found", detail: path };
    return answer(response, other?.status ?? 404, other ? other.body : missing, other?.headers);
  }
  const plain = request.headers["content-encoding"] === "gzip" ? gunzipSync(wire) : wire;
  const texts = textsOf(plain.toString());
  const mischief = rules.mischief?.(shelf.requests.length, texts);
  shelf.requests.push({ texts, wire: wire.toString("base64"), query, headers: request.headers });
  misbehave(mischief, response, () => accept(rules, shelf, texts));
}

function misbehave(mischief: Mischief | undefined, response: ServerResponse, store: () => [number, unknown]): void {
  if (mischief === undefined) answer(response, ...store());
  else if (mischief.kind === "status") {
    response.writeHead(mischief.status, mischief.headers).end(mischief.body ?? "");
  } else if (mischief.kind === "drop_before_store") {
    response.destroy();
  } else if (mischief.kind === "drop_after_store") {
    store();
    response.destroy();
  } else if (mischief.kind === "cut_answer") {
    const text = JSON.stringify(store()[1]);
    response.writeHead(202, { "content-type": "application/json", "content-length": text.length });
    response.write(text.slice(0, 10), () => response.destroy());
  }
}

function accept(rules: LoopbackRules, shelf: Shelf, texts: readonly string[]): [number, unknown] {
  if (texts.length > (rules.mostEvents ?? 10_000)) {
    return [
      413,
      { type: "about:blank", title: "Too large", status: 413, code: "batch_too_large", detail: "too many events" },
    ];
  }
  const events = texts.map((text) => JSON.parse(text) as Record<string, unknown>);
  const rejected = remarksOf(events, rules.refuse);
  const warnings = remarksOf(events, rules.warn);
  const refused = new Set(rejected.map(({ index }) => index));
  let duplicates = 0;
  for (const [index, text] of texts.entries()) {
    if (refused.has(index)) continue;
    const identity = identityOf(events[index] ?? {});
    const known = shelf.stored.get(identity);
    if (texts.indexOf(text) < index) duplicates++;
    if (known !== undefined && known !== text) shelf.altered.push(identity);
    shelf.stored.set(identity, known ?? text);
  }
  const listed = rejected.slice(0, rules.mostListed ?? 1_000);
  const counts = { accepted: texts.length - rejected.length, duplicates, rejectedCount: rejected.length };
  const body = {
    ...counts,
    receivedAt: "2026-11-22T00:00:00Z",
    rejected: listed,
    warnings,
    warningCount: warnings.length,
    ...(rules.staged ? { backfill: { name: "loopback", staged: true } } : {}),
  };
  return [counts.accepted === 0 ? 422 : 202, body];
}

function remarksOf(events: readonly Record<string, unknown>[], codeOf: LoopbackRules["refuse"]) {
  return events.flatMap((event, index) => {
    const code = codeOf?.(event);
    return code === undefined ? [] : [{ index, id: String(event.id), code, message: `it is ${code}` }];
  });
}

function identityOf({ customer, source, id }: Readonly<Record<string, unknown>>): string {
  return JSON.stringify([customer, source ?? "", id]);
}

function answer(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  const text = status === 204 ? "" : JSON.stringify(body);
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(text);
}

/** The text of each event, cut out of the body rather than parsed and written again, so that its bytes can be compared. */
function textsOf(body: string): string[] {
  const inner = body.slice(body.indexOf("[") + 1, body.lastIndexOf("]"));
  const texts: string[] = [];
  let depth = 0;
  let start = 0;
  let quoted = false;
  for (let at = 0; at < inner.length; at++) {
    const character = inner[at];
    if (character === "\\") at++;
    else if (character === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (character === "{" && depth++ === 0) start = at;
    else if (character === "}" && --depth === 0) texts.push(inner.slice(start, at + 1));
  }
  return texts;
}
