import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import * as v from "valibot";
import type { Endpoint, Webhook } from "./deliveries.ts";
import { readForm, textOf } from "./form.ts";
import { hostedPage, page } from "./page.ts";
import { Refusal } from "./refusal.ts";
import { deliveryFaults, faults } from "./script.ts";
import { openStripe, type StripeOptions, type StripeServer } from "./server.ts";
import type { WireOutcome } from "./wire-request.ts";

/** A server that listens. */
export interface StripeHttp {
  readonly url: string;
  readonly stripe: StripeServer;
  stop(): Promise<void>;
}

/** What a listening server is made of. */
export interface StripeHttpOptions extends Omit<StripeOptions, "pages" | "clock"> {
  readonly clock?: StripeOptions["clock"];
  /** Left out, a free one. */
  readonly port?: number;
  readonly endpoint?: Endpoint;
  /** How often webhooks are looked after; left out, 200 ms. */
  readonly everyMs?: number;
}

const Times = v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)), 1);
const ScriptBody = v.array(
  v.union([
    v.strictObject({ on: v.string(), fault: v.picklist(faults), times: Times }),
    v.strictObject({ webhook: v.string(), fault: v.picklist(deliveryFaults), times: Times }),
  ]),
);

/** Starts a server on the loopback interface: Stripe's API, its hosted pages, and a door for scripts beside them. */
export async function startStripe(options: StripeHttpOptions = {}): Promise<StripeHttp> {
  let url = "";
  const { clock = { now: () => Date.now() }, port = 0, endpoint, everyMs = 200, ...rest } = options;
  const stripe = openStripe({ ...rest, clock, pages: () => url });
  if (endpoint !== undefined) stripe.deliveries.point(endpoint);
  const server = createServer((request, response) => {
    respond(stripe, request, response).catch((error: unknown) => {
      const status = error instanceof Refusal ? error.status : 500;
      html(response, status, page("Not possible", error instanceof Refusal ? error.message : ""));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : port}`;
  const stopped = new AbortController();
  const delivering = keepDelivering(stripe, everyMs, stopped.signal);
  return {
    url,
    stripe,
    async stop() {
      stopped.abort();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await Promise.all([closed, delivering]);
    },
  };
}

async function keepDelivering({ deliveries }: StripeServer, everyMs: number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await deliveries.deliver((webhook) => post(webhook, signal));
    await wait(everyMs, undefined, { signal }).catch(() => {});
  }
}

async function post({ url, body, signature }: Webhook, signal: AbortSignal): Promise<boolean> {
  const headers = { "content-type": "application/json; charset=utf-8", "stripe-signature": signature };
  try {
    const response = await fetch(url, { method: "POST", headers, body, signal, redirect: "manual" });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

async function respond(stripe: StripeServer, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, search } = new URL(request.url ?? "/", "http://localhost");
  const body = await bodyOf(request);
  const session = /^\/pay\/(\w+)$/.exec(pathname)?.[1];
  if (session !== undefined) return respondPage(stripe, response, { session, body, method: request.method });
  if (pathname === "/_script" && request.method === "POST" && request.headers.origin === undefined) {
    stripe.script.add(v.parse(ScriptBody, JSON.parse(body)));
    response.writeHead(204).end();
    return;
  }
  const outcome = stripe.handle({
    method: request.method ?? "GET",
    path: pathname,
    query: search.slice(1),
    body,
    authorization: request.headers.authorization,
    idempotencyKey: request.headers["idempotency-key"]?.toString(),
  });
  send(response, outcome);
}

function send(response: ServerResponse, outcome: WireOutcome): void {
  if (outcome.kind === "closed") response.destroy();
  if (outcome.kind !== "answer") return;
  response.writeHead(outcome.status, outcome.headers).end(JSON.stringify(outcome.body));
}

function html(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/html; charset=utf-8" }).end(text);
}

interface Visit {
  readonly session: string;
  readonly body: string;
  readonly method: string | undefined;
}

function respondPage(stripe: StripeServer, response: ServerResponse, { session, body, method }: Visit): void {
  if (method === "POST") {
    const { successUrl } = stripe.complete(session, textOf(readForm(body), "card") ?? "");
    if (successUrl !== null) response.writeHead(303, { location: successUrl }).end();
    else html(response, 200, page("Thank you", "<p>Your card is saved, and the bill is paid with it.</p>"));
    return;
  }
  const found = stripe.shelves.get("session", session);
  if (found === undefined) html(response, 404, page("There is no such page", ""));
  else html(response, 200, hostedPage(found));
}
