import { createHash } from "node:crypto";
import { type Clock, type CustomerId, type MerchantId, ok, type Result } from "@farthing/money";
import type { RejectedEvent } from "./event.ts";
import type { BodyKind, NotEvents } from "./event-body.ts";
import { type EventWarning, warningsOf } from "./event-warning.ts";
import type { MeterSets } from "./meter.ts";
import { parseEvents } from "./parse-events.ts";
import type { Rejections } from "./rejections.ts";
import { type FactWriter, mostShared } from "./shared-writes.ts";
import { type FactStores, type ReceivedFacts, storeFacts, type TooScattered } from "./store-facts.ts";

/** Tells which customers were put by the merchant. */
export interface CustomerLookup {
  /** Those of the customers that are known; an answer may be some seconds old. */
  knownCustomers(merchant: MerchantId, customers: readonly CustomerId[]): Promise<ReadonlySet<CustomerId>>;
}

/** What taking events in needs; `meters` may answer some seconds late, since they only lead to warnings here. */
export interface IngestStores extends FactStores {
  readonly meters: Pick<MeterSets, "currentMeters">;
  readonly customers: CustomerLookup;
  readonly rejections: Pick<Rejections, "noteRejected">;
  readonly clock: Clock;
  /** Writes the events of several requests together, where one process has several under way. */
  readonly shared?: FactWriter;
}

/** A request with events. Units: `receivedAt` in milliseconds: of its first receipt, where it has an idempotency key. */
export interface IngestRequest {
  readonly merchant: MerchantId;
  readonly text: string;
  readonly kind: BodyKind;
  readonly backfill: boolean;
  readonly receivedAt: number;
  /** The request has an idempotency key, so its bundles are its own: a resend finds them, and stores nothing. */
  readonly keyed?: boolean;
}

/** What makes a request's events durable. */
export type StoreFacts<E> = (stores: FactStores, received: ReceivedFacts) => Promise<Result<unknown, TooScattered | E>>;

/** What became of a request's events; lists name 1,000 at most, counts are whole. */
export interface IngestAnswer {
  readonly accepted: number;
  readonly duplicates: number;
  readonly receivedAt: string;
  readonly rejected: readonly RejectedEvent[];
  readonly rejectedCount: number;
  readonly warnings: readonly EventWarning[];
  readonly warningCount: number;
}

/**
 * Takes a request's events in: each stands alone, and what is accepted is durable when this returns. Sending the same again
 * stores nothing new. `store` may keep them elsewhere than in the journal.
 *
 * Errors, in this order: `too_deep`, `invalid_json`, `too_many_events`, `too_scattered`.
 */
export async function acceptEvents<E = never>(
  stores: IngestStores,
  request: IngestRequest,
  store: StoreFacts<E> = storeFacts,
): Promise<Result<IngestAnswer, NotEvents | TooScattered | E>> {
  const { merchant, text, kind, backfill, receivedAt, keyed = false } = request;
  const parsed = parseEvents(text, { kind, backfill, receivedAt, now: stores.clock.now() });
  if (!parsed.ok) return parsed;
  const { events, indexes, rejected, rejectedCount, duplicates, refused } = parsed.value;
  const shared = keyed || events.length > mostShared ? undefined : stores.shared;
  const named = [...new Set(events.map(({ customer }) => customer))];
  const [stored, meters, known] = await Promise.all([
    store(stores, { merchant, facts: events, receivedAt, shared }),
    stores.meters.currentMeters(merchant),
    stores.customers.knownCustomers(merchant, named),
  ]);
  if (!stored.ok) return stored;
  if (rejectedCount > 0) await stores.rejections.noteRejected(merchant, { receivedAt, name: nameOf(text), ...refused });
  const { warnings, warningCount } = warningsOf(events, { indexes, meters, known });
  const counts = { accepted: events.length, duplicates, receivedAt: new Date(receivedAt).toISOString() };
  return ok({ ...counts, rejected, rejectedCount, warnings, warningCount });
}

function nameOf(text: string): string {
  return createHash("sha256").update(text).digest("base64url").slice(0, 16);
}
