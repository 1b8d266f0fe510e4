import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout } from "node:timers/promises";
import * as v from "valibot";
import type { Reply } from "./reply.ts";

/** The route whose answers can be sent as they come, where a client asks for that. */
export const streamedRoute = "GET /v1/events/tail";

/** How long to wait between looks. Units: milliseconds. */
const betweenLooksMs = 700;

const Tail = v.looseObject({ items: v.array(v.unknown()), cursor: v.string(), oneIn: v.number() });

/** Whether a client wants server-sent events. */
export function wantsStream({ method, headers }: Pick<IncomingMessage, "method" | "headers">): boolean {
  return method === "GET" && (headers.accept ?? "").includes("text/event-stream");
}

/**
 * Sends a tail as server-sent events, by asking its function again and again. The id of an event is a cursor from which it is
 * sent again, the last one's the cursor behind it, so that who comes back with `Last-Event-ID` misses none and may see some
 * twice, by their `key`.
 *
 * Answers the function's own reply where that is no tail. Source: HTML, "Server-sent events".
 */
export async function streamTail(
  request: IncomingMessage,
  response: ServerResponse,
  ask: (query: string) => Promise<Reply>,
): Promise<Reply | undefined> {
  const query = new URLSearchParams((request.url ?? "").split("?")[1] ?? "");
  const last = request.headers["last-event-id"];
  if (typeof last === "string" && last !== "") query.set("cursor", last);
  query.set("wait", "0");
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  while (!gone.signal.aborted) {
    const reply = await ask(query.toString());
    const tail = tailOf(reply);
    if (tail === undefined) return endWith(response, reply);
    if (!response.headersSent) response.writeHead(200, headersOf(reply));
    response.write(frames(tail, query.get("cursor")));
    query.set("cursor", tail.cursor);
    await setTimeout(betweenLooksMs, undefined, { signal: gone.signal }).catch(() => undefined);
  }
  return undefined;
}

function tailOf({ status, body }: Reply): v.InferOutput<typeof Tail> | undefined {
  if (status !== 200 || typeof body !== "string") return undefined;
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), Tail), body);
  return parsed.success ? parsed.output : undefined;
}

/** A stream that has begun cannot answer a status any more: it ends, and the client comes back. */
function endWith(response: ServerResponse, reply: Reply): Reply | undefined {
  if (!response.headersSent) return reply;
  response.end();
  return undefined;
}

function headersOf({ headers }: Reply): Record<string, string | string[]> {
  const kept = Object.entries(headers).filter(([name]) => name !== "content-type" && name !== "content-length");
  const own = kept.map(([name, value]) => [name, typeof value === "string" ? value : [...value]] as const);
  return { ...Object.fromEntries(own), "content-type": "text/event-stream", "x-accel-buffering": "no" };
}

function frames({ items, cursor, oneIn }: v.InferOutput<typeof Tail>, before: string | null): string {
  const events = items.map((item) => {
    const id = before === null ? "" : `id: ${before}\n`;
    return `${id}event: event\ndata: ${JSON.stringify(item)}\n\n`;
  });
  return `${events.join("")}id: ${cursor}\nevent: look\ndata: ${JSON.stringify({ oneIn, items: items.length })}\n\n`;
}
