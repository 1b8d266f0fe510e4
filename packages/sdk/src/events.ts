import type { Connection } from "./connection.ts";
import { FarthingError } from "./farthing-error.ts";
import { type IngestAnswer, readIngestAnswer } from "./ingest-answer.ts";
import { newId } from "./new-id.ts";
import { type PostOptions, postJson, withQuery } from "./request-json.ts";
import { seenEventCalls } from "./seen-events.ts";
import type { UsageEvent } from "./usage-event.ts";

/** An identity that is to count no longer. */
export interface VoidRequest {
  readonly id: string;
  readonly customer: string;
  readonly source?: string;
  /** Only says where to look first. */
  readonly time?: string;
  readonly reason?: string;
}

/** The identity that counts no longer. */
export interface VoidAnswer {
  readonly id: string;
  readonly customer: string;
  readonly source?: string;
  readonly receivedAt: string;
}

/** An identity that is to count no longer, and the event in its place, which has an id of its own. */
export interface ReplaceRequest extends VoidRequest {
  readonly event: UsageEvent & { readonly id: string };
}

/** What counts no longer, and what counts in its place. */
export interface ReplaceAnswer {
  readonly voided: Omit<VoidAnswer, "receivedAt">;
  readonly event: Omit<VoidAnswer, "receivedAt"> & { readonly type: string; readonly time: string };
  readonly receivedAt: string;
  readonly warnings: IngestAnswer["warnings"];
}

/** What goes along with one batch. */
export interface SendOptions extends PostOptions {
  /** Takes events of any age; where a backfill of this name is open, they wait there until it is committed. */
  readonly backfill?: string;
}

/** Events one request at a time; a product that tracks usage wants `Farthing`. */
export const eventCalls = (connection: Connection) => ({
  /** POST /v1/events. Answers also when every event was refused. Errors: throws `FarthingError`. */
  send: async (events: readonly UsageEvent[], { backfill, ...options }: SendOptions = {}): Promise<IngestAnswer> => {
    const content = { events: events.map((event) => ({ ...event, id: event.id ?? newId() })) };
    const body = await postJson(connection, withQuery("/v1/events", { backfill }), content, options).catch(refused);
    const answer = readIngestAnswer(body);
    if (answer === undefined) throw new FarthingError("the answer is not the API's", { code: "bad_answer" });
    return answer;
  },
  /** POST /v1/events/void. */
  void: (request: VoidRequest, options?: PostOptions): Promise<VoidAnswer> =>
    postJson(connection, "/v1/events/void", request, options),
  /** POST /v1/events/replace. */
  replace: (request: ReplaceRequest, options?: PostOptions): Promise<ReplaceAnswer> =>
    postJson(connection, "/v1/events/replace", request, options),
  ...seenEventCalls(connection),
});

/** A batch of which nothing was kept is answered 422 with the same body as another: for the caller it is an answer. */
function refused(error: unknown): unknown {
  if (error instanceof FarthingError && error.status === 422 && readIngestAnswer(error.problem)) return error.problem;
  throw error;
}
