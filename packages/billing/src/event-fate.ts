import type { EventCounts } from "./customer-conservation.ts";

/** What is known of an event that was sent: whether it counts, and if not, why. */
export type EventVerdict = "counted" | "duplicate" | "conflict" | "unmetered" | "voided" | "rejected";

/** Why an event has its verdict; never renamed. Those of rejected events are the codes that their request answered. */
export type FateCode =
  | "billed"
  | "free"
  | "awaits_settlement"
  | "unrated"
  | "copy_at_roll"
  | "copy_at_seal"
  | "differs_at_roll"
  | "differs_at_seal"
  | "no_meter"
  | "no_value"
  | "no_meter_when_sealed"
  | "void_pending"
  | "void_settled";

/** What became of an accepted event: `outcome` is where the conservation report counts it. */
export interface Fate {
  readonly verdict: Exclude<EventVerdict, "rejected">;
  readonly code: FateCode;
  readonly outcome: keyof EventCounts;
}

/** Where an accepted event stands. */
export interface Standing {
  /** What the roll made of it, or would make of it now. */
  readonly role: "event" | "duplicate" | "conflict";
  /** How a seal struck it. */
  readonly struck?: "duplicate" | "conflict" | "voided" | undefined;
  /** A void names it. */
  readonly voided: boolean;
  /** A seal covers it. */
  readonly sealed: boolean;
  /** Some meter is of its type, whether or not it finds a value in it. */
  readonly typed: boolean;
  /** A meter takes it: of the set that its seal billed with, else of the newest. */
  readonly metered: boolean;
  /** A price of the customer takes it. */
  readonly priced: boolean;
}

/** The reasons in words. */
export const fateWords: Readonly<Record<FateCode, string>> = {
  billed: "A meter takes it, a price charges for it, and a settlement has billed it.",
  free: "A meter takes it, but no price of the customer's plan charged for it when it was settled.",
  awaits_settlement: "A meter takes it and a price charges for it: the next settlement bills it.",
  unrated: "A meter takes it, but no price of the customer's plan charges for it yet.",
  copy_at_roll:
    "It is a copy of another event: the same customer, source, id and content in the same or a neighbouring hour.",
  copy_at_seal: "It is a copy of another event: the same customer, source, id and content within 35 days.",
  differs_at_roll:
    "Another event has the same customer, source and id, with other content, in the same or a neighbouring hour.",
  differs_at_seal: "Another event has the same customer, source and id, with other content, within 35 days.",
  no_meter: "No meter takes events of this type; it is kept, and counts as soon as one does.",
  no_value: "A meter is of its type, but finds no number in it to count, or its filter leaves it out.",
  no_meter_when_sealed: "No meter counted it when it was settled.",
  void_pending: "It was voided; where an invoice billed it, the next one credits it.",
  void_settled: "It was voided, and a settlement has taken that into account.",
};

/**
 * Tells what became of an accepted event. What a roll or a seal wrote down goes first, then voids that no seal knows yet, then
 * what meters and prices make of it.
 *
 * `outcome` follows the seals alone, as the conservation report does: an event is open until a seal covers it.
 */
export function fateOf({ role, struck, voided, sealed, typed, metered, priced }: Standing): Fate {
  if (role === "duplicate") return { verdict: role, code: "copy_at_roll", outcome: role };
  if (role === "conflict") return { verdict: role, code: "differs_at_roll", outcome: role };
  if (struck === "voided") return { verdict: struck, code: "void_settled", outcome: struck };
  if (struck === "duplicate") return { verdict: struck, code: "copy_at_seal", outcome: struck };
  if (struck === "conflict") return { verdict: struck, code: "differs_at_seal", outcome: struck };
  const outcome = sealed ? sealedOutcome(metered, priced) : "open";
  if (voided) return { verdict: "voided", code: "void_pending", outcome };
  if (!metered) return { verdict: "unmetered", code: unmeteredCode(sealed, typed), outcome };
  return { verdict: "counted", code: countedCode(sealed, priced), outcome };
}

function sealedOutcome(metered: boolean, priced: boolean): "unmetered" | "billed" | "free" {
  if (!metered) return "unmetered";
  return priced ? "billed" : "free";
}

function countedCode(sealed: boolean, priced: boolean): FateCode {
  if (sealed) return priced ? "billed" : "free";
  return priced ? "awaits_settlement" : "unrated";
}

function unmeteredCode(sealed: boolean, typed: boolean): FateCode {
  if (sealed) return "no_meter_when_sealed";
  return typed ? "no_value" : "no_meter";
}
