import { err, type MerchantId, ok, type Result } from "@farthing/money";
import type { IngestStores } from "./accept-events.ts";
import type { EventRefusal, ParsedEvent } from "./event.ts";
import { EventCheck } from "./event-check.ts";
import { isMembers } from "./event-data.ts";
import { parseExactJson } from "./event-json.ts";
import { scanValues } from "./event-scan.ts";
import { type EventWarning, warningsOf } from "./event-warning.ts";
import { aheadMs, pastMs } from "./parse-events.ts";
import { storeFacts } from "./store-facts.ts";
import { type VoidAnswer, type VoidBody, voidFactOf } from "./void-event.ts";

/** The replacement has the identity that is to be voided: a void beats every copy of it. */
export interface SameIdentity {
  readonly code: "same_identity";
}

/** The replacement is no event that would be taken. */
export interface RefusedReplacement {
  readonly code: EventRefusal;
  readonly detail: string;
}

/** Which identity is replaced; `event` stands in `text`, the body as it was sent, where its numbers are exact. */
export interface ReplaceRequest {
  readonly merchant: MerchantId;
  readonly body: VoidBody & { readonly event: unknown };
  readonly text: string;
  readonly receivedAt: number;
}

/** What no longer counts, and what counts in its place. */
export interface ReplaceAnswer {
  readonly voided: Omit<VoidAnswer, "receivedAt">;
  readonly event: Pick<VoidAnswer, "id" | "customer" | "source"> & { readonly type: string; readonly time: string };
  readonly receivedAt: string;
  readonly warnings: readonly EventWarning[];
}

/**
 * Voids an identity and takes in an event of another in its place, with one request. Where they lie in different bundles and
 * only one was stored, the answer is an error, and the same request again stores the other.
 *
 * Errors, in this order: those of an event (`invalid_event`, `data_too_large`, `time_too_old`, `time_in_future`,
 * `invalid_amount`), `same_identity`; nothing is stored then.
 */
export async function replaceEvent(
  stores: IngestStores,
  { merchant, body, text, receivedAt }: ReplaceRequest,
): Promise<Result<ReplaceAnswer, SameIdentity | RefusedReplacement>> {
  const checked = readReplacement(text, body, { receivedAt, now: stores.clock.now() });
  if (!checked.ok) return err({ code: checked.error.code, detail: `The event is refused: ${checked.error.message}.` });
  const event = checked.value;
  const voided = voidFactOf(body, receivedAt);
  if (event.id === voided.id && event.customer === voided.customer && event.source === voided.source)
    return err({ code: "same_identity" });
  const stored = await storeFacts(stores, { merchant, facts: [voided, event], receivedAt });
  if (!stored.ok) throw new Error("two facts lie in two shard-hours at most");
  return ok({
    voided: named(voided),
    event: { ...named(event), type: event.type, time: new Date(event.time).toISOString() },
    receivedAt: new Date(receivedAt).toISOString(),
    warnings: await warn(stores, merchant, event),
  });
}

/** Reads the event out of the whole body's text; keys are counted over all of it, so that one that occurs twice shows. */
function readReplacement(
  text: string,
  body: ReplaceRequest["body"],
  { receivedAt, now }: { readonly receivedAt: number; readonly now: number },
): ReturnType<EventCheck["check"]> {
  const parsed = parseExactJson(text, body);
  const raw = isMembers(parsed) ? parsed.event : undefined;
  const [scan] = scanValues(text, 0, 1).texts;
  if (!isMembers(parsed) || !isMembers(raw) || scan === undefined)
    return err({ code: "invalid_event", message: "an event is a JSON object" });
  const check = new EventCheck({ receivedAt, earliest: Math.max(0, now - pastMs), latest: now + aheadMs });
  return check.check(raw, { members: scan.members - Object.keys(parsed).length, escaped: scan.escaped });
}

async function warn(
  { meters, customers }: IngestStores,
  merchant: MerchantId,
  event: ParsedEvent,
): Promise<readonly EventWarning[]> {
  const known = await customers.knownCustomers(merchant, [event.customer]);
  const set = await meters.currentMeters(merchant);
  return warningsOf([event], { indexes: [0], meters: set, known }).warnings;
}

function named({ id, customer, source }: Pick<ParsedEvent, "id" | "customer" | "source">) {
  return { id, customer, ...(source === undefined ? {} : { source }) };
}
