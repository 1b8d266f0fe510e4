import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import type { LookupFunction } from "node:net";
import { err, type Result } from "@farthing/money";
import type { WebhookTargets } from "../public-address.ts";
import type { Attempt } from "../webhook-delivery.ts";
import type { WebhookRequest, WebhookSender } from "../webhook-ports.ts";
import { parseWebhookUrl } from "../webhook-url.ts";
import { type CheckedAddress, checkedAddresses, type Resolver } from "./checked-addresses.ts";

/** How long an endpoint has, from the look-up of its name to the status of its answer. */
const timeoutMs = 15_000;
/** How much of an answer is read and kept. */
const keptBytes = 1024;

interface SenderParts {
  readonly resolver: Resolver;
  readonly targets: WebhookTargets;
  readonly timeoutMs?: number;
}

type Answer = Omit<Attempt, "at" | "durationMs">;

/** Sends webhooks over https: to the addresses that were checked, along no redirect and through no proxy. */
export function httpSender({ resolver, targets, timeoutMs: limitMs = timeoutMs }: SenderParts): WebhookSender {
  return {
    async send(request) {
      const begun = performance.now();
      const signal = AbortSignal.timeout(limitMs);
      const answer = await attempt(resolver, targets, request, signal);
      return { durationMs: Math.round(performance.now() - begun), ...answer };
    },
  };
}

async function attempt(
  resolver: Resolver,
  targets: WebhookTargets,
  request: WebhookRequest,
  signal: AbortSignal,
): Promise<Answer> {
  const target = parseWebhookUrl(request.url, targets);
  if (!target.ok) return { error: "url_refused" };
  const addresses = await Promise.race([checkedAddresses(resolver, targets, target.value.host), whenOver(signal)]);
  if (!addresses.ok) return { error: addresses.error.code };
  return await post(target.value.url, request, pinned(addresses.value), signal);
}

async function whenOver(signal: AbortSignal): Promise<Result<never, { readonly code: "timed_out" }>> {
  await new Promise<void>((done) => signal.addEventListener("abort", () => done(), { once: true }));
  return err({ code: "timed_out" });
}

/** Answers every look-up of the socket with what was checked. */
function pinned(addresses: readonly CheckedAddress[]): LookupFunction {
  const [first] = addresses;
  return (_host, options, done) => {
    if (options.all === true) done(null, [...addresses]);
    else done(null, first?.address ?? "", first?.family);
  };
}

/** The socket takes its TLS name and its `Host` from the URL, and its address from `lookup`. */
function post(
  url: URL,
  { headers, body }: WebhookRequest,
  lookup: LookupFunction,
  signal: AbortSignal,
): Promise<Answer> {
  const isPlain = url.protocol === "http:";
  // An agent of its own: none keeps a connection for a name that may lead elsewhere, none asks a proxy.
  const agent = isPlain ? new HttpAgent() : new HttpsAgent();
  const options = { method: "POST", headers: { ...headers, "content-length": Buffer.byteLength(body) } };
  return new Promise((done) => {
    const sent = (isPlain ? httpRequest : httpsRequest)(url, { ...options, agent, lookup, signal });
    const failed = () => done({ error: signal.aborted ? "timed_out" : "connection_failed" });
    sent.on("error", failed);
    sent.on("response", (response) => {
      // From here on there is a status, whatever becomes of the rest.
      sent.off("error", failed).on("error", () => undefined);
      readAnswer(response, done);
    });
    sent.end(body);
  });
}

function readAnswer(response: IncomingMessage, done: (answer: Answer) => void): void {
  const { statusCode = 0 } = response;
  const chunks: Buffer[] = [];
  let read = 0;
  const finish = () => {
    response.destroy();
    done({ statusCode, ...redirect(statusCode), ...shown(Buffer.concat(chunks)) });
  };
  response.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
    read += chunk.length;
    if (read >= keptBytes) finish();
  });
  response.on("end", finish);
  response.on("close", finish);
  response.on("error", finish);
}

function redirect(statusCode: number): Answer {
  return statusCode >= 300 && statusCode < 400 ? { error: "redirected" } : {};
}

/** The beginning of an answer as text of one byte order and no control characters but line ends. */
function shown(bytes: Buffer): Answer {
  const text = new TextDecoder().decode(bytes.subarray(0, keptBytes));
  const response = text.replaceAll(/[^\P{Cc}\n\t]/gu, "").slice(0, keptBytes);
  return response === "" ? {} : { response };
}
