import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Outcome } from "../run/messages.ts";

/** What an operator of the local cloud may ask of it. */
export interface Controlled {
  /** Undefined when there is no such function. */
  invoke(name: string, payload: unknown): Promise<Outcome> | undefined;
  /** Undefined when the function has no schedule. */
  fire(name: string): Promise<Outcome> | undefined;
  idle(): Promise<Idle>;
}

/** Whether everything that was set going has come to rest, and what has not. */
export interface Idle {
  readonly idle: boolean;
  readonly invocations: number;
  readonly queues: Readonly<Record<string, number>>;
  readonly streams: Readonly<Record<string, "caught_up" | "behind">>;
}

/** The operator's door, beside the public API. */
export interface Control {
  readonly url: string;
  stop(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly functionError?: boolean;
}

function outcomeAnswer(outcome: Outcome): Answer {
  if (outcome.ok) return { status: 200, body: outcome.payload ?? null };
  return { status: 200, body: outcome.error, functionError: true };
}

const missing = (detail: string): Answer => ({ status: 404, body: { title: "Not Found", status: 404, detail } });

async function payloadOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  return text === "" ? {} : JSON.parse(text);
}

async function answer(request: IncomingMessage, controlled: Controlled): Promise<Answer> {
  // A page in the same person's browser must not reach what has no key.
  if (request.headers.origin !== undefined || !/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? "")) {
    return { status: 403, body: { title: "Forbidden", status: 403, detail: "Not for browsers." } };
  }
  const [, verb, name] = /^\/(invoke|fire|health|idle)(?:\/([\w-]+\/[\w-]+))?$/.exec(request.url ?? "") ?? [];
  if (request.method === "GET" && verb === "health") return { status: 200, body: { ok: true } };
  if (request.method === "GET" && verb === "idle") return { status: 200, body: await controlled.idle() };
  if (request.method !== "POST" || name === undefined) return missing("POST /invoke/<domain>/<verb>, POST /fire/…");
  const payload = await payloadOf(request).catch(() => undefined);
  if (payload === undefined) return { status: 400, body: { title: "Bad Request", status: 400, detail: "Not JSON." } };
  const outcome = verb === "invoke" ? controlled.invoke(name, payload) : controlled.fire(name);
  if (outcome === undefined)
    return missing(`${name} is no ${verb === "fire" ? "scheduled function" : "function"} here.`);
  return outcomeAnswer(await outcome);
}

function send(response: ServerResponse, { status, body, functionError }: Answer): void {
  const headers = {
    "content-type": "application/json",
    ...(functionError ? { "x-amz-function-error": "Unhandled" } : {}),
  };
  response.writeHead(status, headers).end(JSON.stringify(body));
}

/** Opens the operator's door on the loopback interface: invoke a function, fire a schedule, ask for rest. */
export async function openControl(port: number, controlled: Controlled): Promise<Control> {
  const server = createServer((request, response) => {
    answer(request, controlled).then(
      (found) => send(response, found),
      (error: unknown) => send(response, { status: 500, body: { title: String(error), status: 500 } }),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address();
  const bound = typeof address === "object" && address !== null ? address.port : port;
  return {
    url: `http://127.0.0.1:${bound}`,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
