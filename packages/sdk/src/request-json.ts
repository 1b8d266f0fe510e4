import type { Connection } from "./connection.ts";
import { exchange, type Request } from "./exchange.ts";
import { FarthingError } from "./farthing-error.ts";
import { newId } from "./new-id.ts";

/** The values of a query string; what is left out is not sent. */
export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/** What a caller may add to a `POST`. The same key and content gives the same answer; left out, each call has a key of its own. */
export interface PostOptions {
  readonly idempotencyKey?: string;
}

/** Reads one resource. Errors: throws `FarthingError`. */
export function getJson<T>(connection: Connection, path: string, query: Query = {}): Promise<T> {
  return send<T>(connection, { method: "GET", path: withQuery(path, query) });
}

/** Writes one resource under a key of the caller's. Errors: throws `FarthingError`. */
export function putJson<T>(connection: Connection, path: string, content: unknown): Promise<T> {
  return send<T>(connection, { method: "PUT", path, ...jsonBody(content) });
}

/** Makes something, once per idempotency key. Errors: throws `FarthingError`. */
export function postJson<T>(
  connection: Connection,
  path: string,
  content: unknown,
  options: PostOptions = {},
): Promise<T> {
  const { headers, body } = jsonBody(content);
  const key = options.idempotencyKey ?? newId();
  return send<T>(connection, { method: "POST", path, headers: { ...headers, "idempotency-key": key }, body });
}

/** Ends something, and answers what it was. Errors: throws `FarthingError`. */
export function deleteJson<T>(connection: Connection, path: string): Promise<T> {
  return send<T>(connection, { method: "DELETE", path });
}

/** Reads a body that is not JSON, such as an export. Errors: throws `FarthingError`. */
export async function getStream(connection: Connection, path: string, query: Query = {}): Promise<Response> {
  const request = { method: "GET", path: withQuery(path, query), headers: { accept: "*/*" }, stream: true } as const;
  const { response, error } = await exchange(connection, request);
  if (response === undefined) throw error ?? new FarthingError("no answer", { code: "network_error" });
  return response;
}

/** A path with its query string. */
export function withQuery(path: string, query: Query): string {
  const text = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) text.append(name, String(value));
  return text.size === 0 ? path : `${path}?${text.toString()}`;
}

async function send<T>(connection: Connection, request: Request): Promise<T> {
  const { body, error } = await exchange(connection, request);
  if (error) throw error;
  return body as T;
}

function jsonBody(content: unknown) {
  return { headers: { "content-type": "application/json" }, body: JSON.stringify(content) };
}
