import type { Picos } from "@farthing/money";
import type {
  Collection,
  CollectionAttempt,
  CollectionChange,
  CollectionNotice,
  CollectionRef,
  CollectionStatus,
  LetterKind,
} from "./collection.ts";
import type { CollectionSettings } from "./collection-settings.ts";
import { invoiceId } from "./invoice-id.ts";
import type { Movement, RailPayment } from "./payment-rail.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** How long whoever began a step may take before another looks after it. Units: milliseconds. */
export const leaseMs = 2 * minuteMs;

/** Whether nothing will change any more but refunds. */
export function isClosed({ status }: Pick<Collection, "status">): boolean {
  return status === "paid" || status === "written_off" || status === "withdrawn";
}

/** The collection of an invoice that was just sealed. Units: milliseconds. */
export function newCollection(
  ref: CollectionRef,
  more: { settlement: string; amount: Picos; now: number },
): Collection {
  const { merchant, customer, seal, currency } = ref;
  const { settlement, amount, now } = more;
  const nothing = { tries: 0, attempts: [], refunds: [], notices: [] } as const;
  const times = { openedAt: now, dueAt: now };
  return {
    merchant,
    customer,
    seal,
    currency,
    settlement,
    amount,
    status: "to_send",
    revision: 1,
    ...times,
    ...nothing,
  };
}

/** The next revision of a collection. */
export function changed(collection: Collection, changes: Partial<Collection>): Collection {
  return { ...collection, ...changes, revision: collection.revision + 1 };
}

/** What a collection waits as while nothing is under way. */
function waitingStatus({ pastDueAt, attempts }: Collection): CollectionStatus {
  if (pastDueAt !== undefined) return "past_due";
  return attempts.length > 0 ? "declined" : "to_send";
}

/** Begins a try, before the rail is asked for anything. */
export function begin(collection: Collection, now: number, woken: boolean): Collection {
  return changed(collection, { status: "sending", tries: collection.tries + 1, dueAt: now + leaseMs, woken });
}

/** Begins to look up what became of a try that ended without an answer. */
export function beginLookUp(collection: Collection, now: number): Collection {
  return changed(collection, { status: "unknown", tries: collection.tries + 1, dueAt: now + leaseMs });
}

/** A try ended without an answer: it is looked up, ever more patiently. */
export function unsure(collection: Collection, now: number): Collection {
  const waitMs = Math.min(hourMs, minuteMs * 2 ** Math.min(10, collection.tries - collection.attempts.length));
  return changed(collection, { status: "unknown", dueAt: now + waitMs });
}

/** The rail will know in days, as with a bank debit. */
export function processing(collection: Collection, now: number): Collection {
  return changed(collection, { status: "unknown", dueAt: now + 6 * hourMs });
}

/** Nothing happened, and the same may be asked in a moment. */
export function postponed(collection: Collection, now: number, waitMs = minuteMs): Collection {
  return changed(collection, { status: waitingStatus(collection), dueAt: now + waitMs });
}

/** A payment was taken. Errors: throws where it is not of the invoice's amount: that is never what was asked for. */
export function paid(collection: Collection, payment: RailPayment, movement: Movement, now: number): CollectionChange {
  if (payment.amount !== collection.amount || payment.currency !== collection.currency)
    throw new Error("a payment of another amount than its invoice's");
  const at = movement.at;
  const notices = [...collection.notices, { kind: "state", event: "collected", at } as const, letter("paid", now)];
  const attempts = [...collection.attempts, attempt(collection, "paid", now)];
  const closed = { status: "paid", movement, closedAt: now, dueAt: now, payment: payment.id } as const;
  const next = changed(collection, { ...closed, charge: payment.charge, attempts, notices, reason: undefined });
  const fact = { ...refOf(collection), kind: "payment", cause: `payment:${payment.id}`, payment: payment.id } as const;
  return { collection: next, facts: [{ ...fact, amount: collection.amount, at, movement }] };
}

/** The id of its invoice, in parts. */
export function refOf({ merchant, customer, seal, currency }: CollectionRef): CollectionRef {
  return { merchant, customer, seal, currency };
}

function letter(kind: LetterKind, at: number, more: { next?: number; amount?: Picos } = {}): CollectionNotice {
  return { kind: "letter", letter: kind, at, ...more };
}

function attempt({ woken = false }: Collection, outcome: CollectionAttempt["outcome"], at: number, code?: string) {
  return { at, outcome, woken, ...(code === undefined ? {} : { code }) };
}

/** Why a try took nothing; `charge` is the rail's name for it. */
export interface Failure {
  readonly outcome: "declined" | "no_method";
  readonly code?: string | undefined;
  readonly charge?: string | undefined;
}

/**
 * A try took nothing: it is tried again by the merchant's schedule, and past due when that is over. What the customer woke
 * takes none of the schedule.
 */
export function failed(
  collection: Collection,
  { outcome, code, charge }: Failure,
  settings: CollectionSettings,
  now: number,
): CollectionChange {
  const attempts = [...collection.attempts, attempt(collection, outcome, now, code)];
  const done = { attempts, woken: undefined, ...(charge === undefined ? {} : { charge }) };
  const dueAt = nextTry(attempts, settings, now);
  if (collection.pastDueAt !== undefined)
    return {
      collection: changed(collection, { ...done, status: "past_due", dueAt: writeOffAt(collection, settings) }),
    };
  if (dueAt === undefined)
    return { collection: pastDue(changed(collection, done), settings, now, collection.revision) };
  const kind = outcome === "no_method" ? "please_pay" : "declined";
  const notices = [...collection.notices, letter(kind, now, { next: dueAt })];
  return { collection: changed(collection, { ...done, status: "declined", dueAt, notices }) };
}

function nextTry(attempts: readonly CollectionAttempt[], { retryDays }: CollectionSettings, now: number) {
  const ofSchedule = attempts.filter(({ woken }) => !woken);
  const days = retryDays[Math.max(0, ofSchedule.length - 1)];
  const first = ofSchedule[0]?.at ?? now;
  return days === undefined ? undefined : Math.max(first + days * dayMs, now + hourMs);
}

/** The rail will never take this payment as it is: it is past due at once, and says why. */
export function unsendable(
  collection: Collection,
  code: string,
  settings: CollectionSettings,
  now: number,
): CollectionChange {
  const attempts = [...collection.attempts, attempt(collection, "refused", now, code)];
  const refused = changed(collection, { attempts, reason: code, woken: undefined });
  return { collection: pastDue(refused, settings, now, collection.revision) };
}

function pastDue(collection: Collection, settings: CollectionSettings, now: number, before: number): Collection {
  const known = collection.pastDueAt !== undefined;
  const told = [{ kind: "state", event: "fell_due", at: now } as const, letter("past_due", now)];
  const notices = known ? collection.notices : [...collection.notices, ...told];
  const since = { ...collection, revision: before, pastDueAt: collection.pastDueAt ?? now };
  return changed(since, { status: "past_due", dueAt: writeOffAt(since, settings), notices });
}

/** When a past due invoice is written off. */
export function writeOffAt({ pastDueAt = 0 }: Pick<Collection, "pastDueAt">, settings: CollectionSettings): number {
  return pastDueAt + settings.writeOffDays * dayMs;
}

/** Gives an invoice up; its payment at the rail, if there was one, is closed before. */
export function writtenOff(collection: Collection, now: number): CollectionChange {
  const told = [{ kind: "state", event: "given_up", at: now } as const, letter("written_off", now)];
  const notices = [...collection.notices, ...told];
  const next = changed(collection, { status: "written_off", closedAt: now, dueAt: now, notices });
  const cause = `write_off:${invoiceId(collection)}`;
  return {
    collection: next,
    facts: [{ ...refOf(collection), kind: "write_off", cause, amount: collection.amount, at: now }],
  };
}

/** People took the invoice's demand back, or were paid otherwise; its payment at the rail is closed before. */
export function withdrawn(collection: Collection, now: number): CollectionChange {
  const closed = {
    status: "withdrawn",
    closedAt: now,
    dueAt: collection.notices.length > 0 ? now : undefined,
  } as const;
  return { collection: changed(collection, closed) };
}
