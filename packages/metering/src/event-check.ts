import { err, ok, parseCustomerId, type Result } from "@farthing/money";
import type { EventRefusal, ParsedEvent } from "./event.ts";
import { chargeEventType, chargeProblem } from "./event-charge.ts";
import { DataCheck, isMembers, type Members } from "./event-data.ts";
import { UnreadableNumber } from "./event-json.ts";
import { hasLength, isKeepable } from "./event-text.ts";
import { parseTime } from "./event-time.ts";

/** What an event may say of itself, and how old or new it may be. Units: milliseconds since 1970. */
export interface EventLimits {
  readonly receivedAt: number;
  readonly earliest: number;
  readonly latest: number;
}

/** Why one event was refused. */
export interface Refusal {
  readonly code: EventRefusal;
  readonly message: string;
}

/** What the text of an event says beside its values; see `EventText`. */
export interface Written {
  /** Undefined where it is known that no key occurs twice. */
  readonly members: number | undefined;
  readonly escaped: boolean;
}

type Identity = Pick<ParsedEvent, "id" | "type" | "customer" | "source">;

const noData: Members = {};

/**
 * Checks events one by one, in this order: id, type, customer, source, time as text, data, unknown members, keys that occur
 * twice, time against the limits, amount of a charge.
 *
 * Written by hand: a valibot schema of the same rules takes longer for one event than all the rest of ingest together.
 */
export class EventCheck {
  private readonly limits: EventLimits;
  private readonly dataCheck = new DataCheck();

  constructor(limits: EventLimits) {
    this.limits = limits;
  }

  /** Checks an event; of members beside an event's own, `others` may be there. */
  check(raw: Members, { members, escaped }: Written, others = 0): Result<ParsedEvent, Refusal> {
    const identity = identityOf(raw, escaped);
    if (!identity.ok) return identity;
    const { time, data = noData } = raw;
    const moment = typeof time === "string" ? parseTime(time) : undefined;
    if (time !== undefined && moment === undefined) return invalid("time is no date and time of RFC 3339");
    const checked = this.dataCheck.check(data, escaped);
    const { id, type, customer, source } = identity.value;
    if (!checked.ok) return type === chargeEventType && isUnreadable(data) ? err(unreadableAmount) : checked;
    const own = ownMembers(raw);
    if (own < 0) return invalid("there are members that no event has");
    if (members !== undefined && own + others + this.dataCheck.members !== members)
      return invalid("a key occurs twice");
    const serverTime = moment === undefined;
    const at = moment ?? this.limits.receivedAt;
    if (!serverTime && at < this.limits.earliest)
      return err({ code: "time_too_old", message: "time lies too far back" });
    if (!serverTime && at > this.limits.latest) return err({ code: "time_in_future", message: "time lies ahead" });
    const problem = type === chargeEventType ? chargeProblem(checked.value) : undefined;
    if (problem !== undefined) return err({ code: "invalid_amount", message: problem });
    return ok({ kind: "event", id, customer, type, source, time: at, serverTime, data: checked.value });
  }
}

const unreadableAmount: Refusal = {
  code: "invalid_amount",
  message: "data.amount is no decimal of at most 30 digits",
};

/** Whether the amount of a charge is a number that no decimal of ours can hold. */
function isUnreadable(data: unknown): boolean {
  return isMembers(data) && data.amount instanceof UnreadableNumber;
}

function identityOf({ id, type, customer, source }: Members, escaped: boolean): Result<Identity, Refusal> {
  if (typeof id !== "string" || !hasLength(id, 512)) return invalid("id is no text of 1 to 512 bytes");
  if (typeof type !== "string" || !hasLength(type, 128)) return invalid("type is no text of 1 to 128 bytes");
  const parsed = typeof customer === "string" ? parseCustomerId(customer) : undefined;
  if (!parsed?.ok) return invalid("customer is no text of 1 to 128 letters, digits or _.:@-");
  if (source !== undefined && (typeof source !== "string" || !hasLength(source, 256)))
    return invalid("source is no text of 1 to 256 bytes");
  if (escaped && !(isKeepable(id) && isKeepable(type) && isKeepable(source ?? "")))
    return invalid("id, type or source holds NUL or half of a surrogate pair");
  return ok({ id, type, customer: parsed.value, source });
}

/** How many members an event has; −1 where one of them is unknown. */
function ownMembers(raw: Members): number {
  let count = 0;
  for (const key in raw) {
    if (!isEventKey(key)) return -1;
    count++;
  }
  return count;
}

function isEventKey(key: string): boolean {
  return key === "id" || key === "type" || key === "customer" || key === "time" || key === "data" || key === "source";
}

function invalid(message: string): Result<never, Refusal> {
  return err({ code: "invalid_event", message });
}
