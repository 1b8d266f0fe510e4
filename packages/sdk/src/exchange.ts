import type { Connection } from "./connection.ts";
import { FarthingError, type Problem } from "./farthing-error.ts";
import { backoffMs, canRetry, parseRetryAfter } from "./retry.ts";

/** One request, whole: every attempt at it sends the same bytes. */
export interface Request {
  readonly method: "GET" | "PUT" | "POST" | "DELETE";
  /** Path and query, from `/v1` on. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  /** Leaves the body of a success unread, for a caller that streams it. */
  readonly stream?: boolean;
}

/** What came back: a status with its parsed body, or status 0 when nothing did. */
export interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly response?: Response;
  readonly retryAfterMs?: number;
  readonly error?: FarthingError;
}

/** Sends a request until it is answered for good: again after no answer, 429 and 5xx, never after another 4xx. It does not throw. */
export async function exchange(connection: Connection, request: Request): Promise<Reply> {
  for (let attempt = 0; ; attempt++) {
    const reply = await attemptOnce(connection, request);
    if (attempt + 1 >= connection.attempts || !(canRetry(reply.status) || reply.error?.code === "bad_answer"))
      return reply;
    await connection.clock.sleep(backoffMs(attempt, reply.retryAfterMs, connection.backoff, connection.random));
  }
}

async function attemptOnce(connection: Connection, request: Request): Promise<Reply> {
  const signal = connection.clock.deadline(connection.timeoutMs);
  try {
    const response = await connection.fetch(`${connection.base}${request.path}`, {
      method: request.method,
      headers: { accept: "application/json", ...request.headers, authorization: `Bearer ${connection.key}` },
      // A redirect would turn a POST into a GET, and its answer into a false success.
      redirect: "manual",
      signal,
      ...(request.body === undefined ? {} : { body: request.body }),
    });
    return await readReply(response, request, connection.clock.now());
  } catch (cause) {
    const code = signal.aborted ? "timed_out" : "network_error";
    const message = signal.aborted ? `no answer within ${connection.timeoutMs} ms` : `no answer (${reasonOf(cause)})`;
    return { status: 0, body: undefined, error: new FarthingError(message, { code, cause }) };
  }
}

async function readReply(response: Response, request: Request, nowMs: number): Promise<Reply> {
  const { status } = response;
  const success = status >= 200 && status < 300;
  if (success && request.stream) return { status, body: undefined, response };

  const body = parseJson(await response.text());
  const retryAfterMs = parseRetryAfter(response.headers.get("retry-after"), nowMs);
  const error = success ? unreadable(status, body) : refusalOf(status, body);
  return { status, body, ...(error && { error }), ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}

function unreadable(status: number, body: unknown): FarthingError | undefined {
  if (status === 204 || (typeof body === "object" && body !== null)) return undefined;
  return new FarthingError(`the answer ${status} is not the API's`, { code: "bad_answer", status });
}

function refusalOf(status: number, body: unknown): FarthingError {
  const given = typeof body === "object" && body !== null ? (body as Partial<Problem>) : {};
  const code = typeof given.code === "string" ? given.code : `http_${status}`;
  const title = typeof given.title === "string" ? given.title : `HTTP ${status}`;
  const detail = typeof given.detail === "string" ? given.detail : "";
  const problem = { type: "about:blank", ...given, status, code, title, detail };
  return new FarthingError(detail === "" ? `${title} (${code})` : `${detail} (${code})`, { code, status, problem });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return cause.cause instanceof Error ? cause.cause.message || cause.cause.name : cause.message;
}
