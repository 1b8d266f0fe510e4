import { createHash } from "node:crypto";
import type { MerchantId } from "@farthing/money";
import { delayAfter } from "./retry-schedule.ts";
import type { WebhookId } from "./webhook-endpoint.ts";
import type { WebhookEventType } from "./webhook-event.ts";
import type { WebhookMessage, WebhookMessageId } from "./webhook-message.ts";

/** Why an attempt failed beside its status: before there was one, or one that is no answer. */
export type AttemptError =
  | "address_refused"
  | "name_unknown"
  | "connection_failed"
  | "timed_out"
  | "redirected"
  | "url_refused";

/** One request to an endpoint. Units: `at` in milliseconds since 1970. */
export interface Attempt {
  readonly at: number;
  readonly durationMs: number;
  readonly statusCode?: number;
  readonly error?: AttemptError;
  /** The beginning of what it answered; kept of the last attempt alone. */
  readonly response?: string;
}

/** Why a delivery was given up. */
export type GivenUp = "exhausted" | "gone" | "disabled" | "deleted" | "expired";

/** Which delivery: a message to an endpoint. `createdAt` is the message's, by which lists are in order. */
export interface DeliveryRef {
  readonly merchant: MerchantId;
  readonly endpoint: WebhookId;
  readonly message: WebhookMessageId;
  readonly createdAt: number;
}

/** What became of one message at one endpoint so far. Units: times in milliseconds since 1970. */
export interface Delivery extends DeliveryRef {
  readonly type: WebhookEventType;
  readonly status: "pending" | "delivered" | "failed";
  readonly reason?: GivenUp;
  /** Attempts since it was made, or replayed last. */
  readonly round: number;
  /** All attempts, and the last of them. */
  readonly attemptCount: number;
  readonly attempts: readonly Attempt[];
  /** When the next attempt is due, while it is pending. */
  readonly nextAt?: number;
  /** When a schedule looks after it, should the message that wakes it be lost. */
  readonly wakeAt?: number;
  readonly revision: number;
  readonly expiresAt: number;
}

/** The longest that a queue keeps a message back. */
export const longestQueueDelayMs = 15 * 60_000;
/** A process that claimed a delivery is believed dead after this: it has half of it to live. */
export const leaseMs = 60_000;
const lostMs = 2 * 60_000;
const askedMs = 10 * 60_000;
/** Clocks of functions are this far apart at most. */
const clocksApartMs = 2_000;
const keptAttempts = 20;

/** A delivery to be made at once. */
export function newDelivery(
  { merchant, id, type, createdAt, expiresAt }: WebhookMessage,
  endpoint: WebhookId,
): Delivery {
  const named = { merchant, endpoint, message: id, createdAt, type, expiresAt };
  return waiting(
    { ...named, status: "pending", round: 0, attemptCount: 0, attempts: [], revision: 0 },
    createdAt,
    createdAt,
  );
}

/** Whether an attempt is due. */
export function isDue({ status, nextAt = 0 }: Delivery, now: number): boolean {
  return status === "pending" && nextAt <= now + clocksApartMs;
}

/** Takes a delivery for one process: until its lease is over no other attempts it. */
export function claimed(delivery: Delivery, now: number): Delivery {
  return { ...next(delivery), nextAt: now + leaseMs, wakeAt: now + leaseMs };
}

/** A delivery that a schedule has asked for again. */
export function asked(delivery: Delivery, now: number): Delivery {
  return { ...next(delivery), wakeAt: now + askedMs };
}

/** A delivery after an attempt: done, given up, or waiting for the next. Units: `now` in milliseconds since 1970. */
export function afterAttempt(delivery: Delivery, attempt: Attempt, now: number): Delivery {
  const { message, endpoint } = delivery;
  const earlier = delivery.attempts.map(({ response: _response, ...rest }) => rest);
  const attempts = [...earlier, attempt].slice(-keptAttempts);
  const round = delivery.round + 1;
  const tried = { ...next(delivery), round, attemptCount: delivery.attemptCount + 1, attempts };
  if (isSuccess(attempt)) return ended(tried, { status: "delivered" });
  if (attempt.statusCode === 410) return ended(tried, { status: "failed", reason: "gone" });
  const delay = delayAfter(round, `${endpoint}\0${message}`);
  return delay === undefined
    ? ended(tried, { status: "failed", reason: "exhausted" })
    : waiting(tried, now + delay, now);
}

/** Whether the endpoint took the message: any status from 200 to 299. */
export function isSuccess({ statusCode = 0 }: Attempt): boolean {
  return statusCode >= 200 && statusCode < 300;
}

/** A delivery that will not be made. */
export function givenUp(delivery: Delivery, reason: GivenUp): Delivery {
  return ended(next(delivery), { status: "failed", reason });
}

/** A delivery to be made again from the start, under the same message. */
export function replayed(delivery: Delivery, now: number): Delivery {
  const { reason: _reason, ...rest } = next(delivery);
  return waiting({ ...rest, status: "pending", round: 0 }, now, now);
}

/** How long a queue keeps the message back that wakes a delivery; undefined where a schedule has to. Units: whole seconds. */
export function queueDelay({ status, nextAt = 0 }: Delivery, now: number): number | undefined {
  const delayMs = Math.max(0, nextAt - now);
  return status === "pending" && delayMs <= longestQueueDelayMs ? Math.ceil(delayMs / 1000) : undefined;
}

/** Over how many keys of the index the waiting deliveries are spread. */
export const wakeBuckets = 16;

/** The key that a delivery waits under. */
export function wakeBucketOf({ endpoint, message }: Pick<DeliveryRef, "endpoint" | "message">): number {
  return createHash("sha256").update(`${endpoint}${message}`).digest().readUInt16BE(0) % wakeBuckets;
}

function next(delivery: Delivery): Delivery {
  return { ...delivery, revision: delivery.revision + 1 };
}

/** A queue wakes it where its delay reaches that far, and a schedule should that be lost; further off a schedule alone does. */
function waiting(delivery: Delivery, nextAt: number, now: number): Delivery {
  return { ...delivery, nextAt, wakeAt: nextAt - now <= longestQueueDelayMs ? nextAt + lostMs : nextAt };
}

function ended(delivery: Delivery, end: Pick<Delivery, "status" | "reason">): Delivery {
  const { nextAt: _nextAt, wakeAt: _wakeAt, reason: _reason, ...rest } = delivery;
  return { ...rest, ...end };
}
