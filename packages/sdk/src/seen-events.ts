import type { Connection } from "./connection.ts";
import { eachOf, getPage, type Page, type PageQuery } from "./page.ts";
import { getJson } from "./request-json.ts";

/** What became of an event. */
export type Verdict = "counted" | "duplicate" | "conflict" | "unmetered" | "voided" | "rejected";

/** Where the conservation report counts an event. */
export type Outcome = "billed" | "free" | "duplicate" | "conflict" | "unmetered" | "voided" | "open";

/** What an event added to a meter. */
export interface SeenQuantity {
  readonly meter: string;
  readonly group?: Readonly<Record<string, string | null>>;
  /** A decimal string, or null where the aggregation has no value of one event. */
  readonly quantity: string | null;
}

/** An event as the debugger shows it; of a refused one only what could be read of it is there. */
export interface SeenEvent {
  /** Names what was stored: two copies of an event differ in it. */
  readonly key: string;
  readonly id?: string;
  readonly source?: string;
  readonly type?: string;
  readonly customer?: string;
  readonly time?: string;
  readonly receivedAt: string;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly verdict: Verdict;
  /** Why, as a stable code. */
  readonly code: string;
  /** Why, in words. */
  readonly reason: string;
  readonly outcome?: Outcome;
  readonly meters?: readonly SeenQuantity[];
  readonly seal?: {
    readonly number: number;
    readonly settlement: string;
    readonly sealedAt: string;
    readonly invoice?: string;
  };
  /** What a duplicate or a conflict repeats. */
  readonly copyOf?: { readonly key: string; readonly time: string; readonly receivedAt: string };
  /** Where a refused event stood in its request. */
  readonly index?: number;
  /** Stands for so many further refused events of a request. */
  readonly more?: number;
}

/** Which events, by event time; refused ones (`verdict: "rejected"`) by receipt. An empty `source` asks for events without one. */
export interface EventQuery extends PageQuery {
  readonly customer?: string;
  readonly type?: string;
  readonly id?: string;
  readonly source?: string;
  readonly meter?: string;
  readonly from?: string;
  readonly to?: string;
  readonly verdict?: Verdict;
  readonly outcome?: Outcome;
}

/** Whose event to look up, and where: the last 35 days when left out. */
export interface EventLookup {
  readonly customer: string;
  readonly source?: string;
  readonly from?: string;
  readonly to?: string;
}

/** Every copy of an event, newest first; `more` says that there are others. */
export interface EventCopies {
  readonly items: readonly SeenEvent[];
  readonly more: boolean;
}

/** Which arriving events. `wait` is in seconds: how long an answer may take where there are none, 20 at most. */
export interface TailQuery {
  readonly cursor?: string;
  readonly customer?: string;
  readonly type?: string;
  readonly wait?: number;
  readonly limit?: number;
}

/** What arrived since a cursor, in order of receipt; of `oneIn` events one is shown. */
export interface EventTail {
  readonly items: readonly SeenEvent[];
  readonly cursor: string;
  readonly oneIn: number;
  readonly asOf: string;
}

/** Events as they were seen: what became of each, and why. */
export const seenEventCalls = (connection: Connection) => ({
  /** GET /v1/events. A page may be short and yet have a next one. */
  list: (query: EventQuery = {}): Promise<Page<SeenEvent>> => getPage(connection, "/v1/events", { ...query }),
  /** GET /v1/events, page after page. */
  each: (query: EventQuery = {}): AsyncGenerator<SeenEvent, void> => eachOf(connection, "/v1/events", { ...query }),
  /** GET /v1/events/{id}: every copy of one event. */
  get: (id: string, lookup: EventLookup): Promise<EventCopies> =>
    getJson(connection, `/v1/events/${encodeURIComponent(id)}`, { ...lookup }),
  /** GET /v1/events/tail: what arrived since a cursor, or what arrives first. */
  tail: (query: TailQuery = {}): Promise<EventTail> => getJson(connection, "/v1/events/tail", { ...query }),
  /** GET /v1/events/tail again and again, each answer from the cursor of the one before, for as long as it is consumed. */
  follow: (query: TailQuery = {}): AsyncGenerator<EventTail, void> => follow(connection, query),
});

async function* follow(connection: Connection, query: TailQuery): AsyncGenerator<EventTail, void> {
  let cursor = query.cursor;
  for (;;) {
    const from = cursor === undefined ? {} : { cursor };
    const tail = await getJson<EventTail>(connection, "/v1/events/tail", { ...query, ...from });
    yield tail;
    cursor = tail.cursor;
  }
}
