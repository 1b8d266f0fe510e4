import type { Connection } from "./connection.ts";
import { encodeBatch, requestLimits } from "./event-batch.ts";
import { exchange, type Reply } from "./exchange.ts";
import { FarthingError } from "./farthing-error.ts";
import { type IngestAnswer, readIngestAnswer } from "./ingest-answer.ts";
import { withQuery } from "./request-json.ts";
import type { PreparedEvent } from "./usage-event.ts";

/** What the API said of one event. */
export interface Remark<T> {
  readonly event: T;
  readonly code: string;
  readonly message: string;
}

/** What became of a batch: every event of it is accepted, rejected or unsent. */
export interface Delivery<T> {
  readonly accepted: number;
  /** How many of the accepted are exact copies within their request. */
  readonly duplicates: number;
  readonly rejected: readonly Remark<T>[];
  readonly warnings: readonly Remark<T>[];
  /** The accepted events wait under an open backfill. */
  readonly staged?: boolean;
  /** Events whose fate is unknown; to send them again is safe. */
  readonly unsent: readonly T[];
  /** Why they are unsent. */
  readonly error?: FarthingError;
}

/** What goes along with a batch. */
export interface DeliveryOptions {
  /** Takes events of any age; where a backfill of this name is open, they wait there until it is committed. */
  readonly backfill?: string;
}

// These statuses speak of the body as a whole, so a smaller one may pass, and an event that spoils its batch is found.
const bodyStatuses = new Set([400, 413, 422]);

/**
 * Sends a batch until it is judged, in smaller parts where it is too large. It does not throw. Its idempotency key is the
 * digest of what it holds: whoever sends the same batch again, at any later time, stores nothing.
 */
export async function deliverEvents<T extends PreparedEvent>(
  connection: Connection,
  batch: readonly T[],
  options: DeliveryOptions = {},
): Promise<Delivery<T>> {
  const { headers: plain, body, digest } = await encodeBatch(batch);
  if (batch.length > 1 && body.byteLength > requestLimits.wireBytes) return deliverHalves(connection, batch, options);

  const path = withQuery("/v1/events", { backfill: options.backfill });
  const headers = { ...plain, "idempotency-key": ["events", digest, options.backfill ?? ""].join(" ").trim() };
  const reply = await exchange(connection, { method: "POST", path, headers, body });
  const answer = isAnswer(reply.status) ? readIngestAnswer(reply.body) : undefined;
  if (answer) return judge(connection, batch, options, answer);

  const error = reply.error ?? new FarthingError(`the answer ${reply.status} is not the API's`, { code: "bad_answer" });
  if (!isAboutBody(reply, error)) return { ...nothing, unsent: batch, error };
  if (batch.length > 1) return deliverHalves(connection, batch, options);
  return { ...nothing, rejected: batch.map((event) => ({ event, code: error.code, message: error.message })) };
}

const nothing = { accepted: 0, duplicates: 0, rejected: [], warnings: [], unsent: [] } as const;

function isAnswer(status: number): boolean {
  return (status >= 200 && status < 300) || status === 422;
}

/** A 400 without a code of the API's own comes from something between, and says nothing of the events. */
function isAboutBody({ status }: Reply, error: FarthingError): boolean {
  return bodyStatuses.has(status) && (status !== 400 || error.code !== "http_400");
}

async function deliverHalves<T extends PreparedEvent>(
  connection: Connection,
  batch: readonly T[],
  options: DeliveryOptions,
): Promise<Delivery<T>> {
  const middle = Math.ceil(batch.length / 2);
  const first = await deliverEvents(connection, batch.slice(0, middle), options);
  // What stopped the first half would stop the second, after as many attempts again.
  if (first.error) return merge(first, { ...nothing, unsent: batch.slice(middle) });
  return merge(first, await deliverEvents(connection, batch.slice(middle), options));
}

async function judge<T extends PreparedEvent>(
  connection: Connection,
  batch: readonly T[],
  options: DeliveryOptions,
  answer: IngestAnswer,
): Promise<Delivery<T>> {
  const rejected = remarks(batch, answer.rejected);
  const warnings = remarks(batch, answer.warnings);
  if (answer.rejectedCount <= rejected.length) {
    const accepted = batch.length - rejected.length;
    const staged = answer.backfill?.staged === true ? { staged: true } : {};
    return { ...nothing, accepted, duplicates: answer.duplicates, rejected, warnings, ...staged };
  }
  // The list of the refused was cut short: what is not in it is sent again, which changes nothing for what was accepted.
  const named = new Set(rejected.map(({ event }) => event));
  const rest = batch.filter((event) => !named.has(event));
  const again = named.size === 0 && batch.length > 1 ? deliverHalves : deliverEvents;
  if (named.size === 0 && batch.length === 1) return unnamed(batch);
  return merge({ ...nothing, rejected }, await again(connection, rest, options));
}

function unnamed<T>(batch: readonly T[]): Delivery<T> {
  return {
    ...nothing,
    rejected: batch.map((event) => ({ event, code: "rejected", message: "refused without a reason" })),
  };
}

function remarks<T>(batch: readonly T[], list: IngestAnswer["warnings"]): Remark<T>[] {
  return list.flatMap(({ index, code, message }) => {
    const event = batch[index];
    return event === undefined ? [] : [{ event, code, message }];
  });
}

function merge<T>(a: Delivery<T>, b: Delivery<T>): Delivery<T> {
  const error = a.error ?? b.error;
  return {
    accepted: a.accepted + b.accepted,
    duplicates: a.duplicates + b.duplicates,
    rejected: [...a.rejected, ...b.rejected],
    warnings: [...a.warnings, ...b.warnings],
    unsent: [...a.unsent, ...b.unsent],
    ...(a.staged || b.staged ? { staged: true } : {}),
    ...(error && { error }),
  };
}
