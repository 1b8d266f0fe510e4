import { Agent, type IncomingMessage, type RequestOptions, request } from "node:http";
import { Agent as TlsAgent, request as tlsRequest } from "node:https";
import type { Place } from "./place.ts";

/** What DynamoDB answers, whatever it is. */
export interface Reply {
  readonly status: number | undefined;
  readonly text: string;
}

// As many connections as the SDK opens.
const agent = new Agent({ keepAlive: true, maxSockets: 50 });
const tlsAgent = new TlsAgent({ keepAlive: true, maxSockets: 50 });

/** Sends a request. Errors: throws where no whole answer comes. */
export function send(
  { protocol, hostname, port }: Place,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<Reply> {
  const options: RequestOptions = {
    hostname,
    port,
    method: "POST",
    path: "/",
    headers: { ...headers, "content-length": String(Buffer.byteLength(body)) },
  };
  return new Promise((resolve, reject) => {
    const answered = (answer: IncomingMessage): void => {
      textOf(answer).then((text) => resolve({ status: answer.statusCode, text }), reject);
    };
    const sent =
      protocol === "https:"
        ? tlsRequest({ ...options, agent: tlsAgent }, answered)
        : request({ ...options, agent }, answered);
    sent.once("error", reject);
    sent.end(body);
  });
}

function textOf(answer: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    answer.on("data", (chunk: Buffer) => chunks.push(chunk));
    answer.once("end", () => resolve(Buffer.concat(chunks).toString()));
    // A connection that closes in the middle of an answer has no end.
    answer.once("error", reject);
  });
}
