import type { Fact } from "@farthing/metering";
import { customerId } from "@farthing/money";

/** The types of events that histories send: charged for, metered without a price, not metered, and direct charges. */
export type SentType = "request" | "ping" | "other" | "charge";

/** A fact as a client sends it: plain values only, so that what is expected is worked out without the product's code. */
export interface SentFact {
  readonly kind: "event" | "void";
  readonly customer: string;
  readonly id: string;
  readonly source: string | undefined;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly serverTime: boolean;
  readonly type: SentType;
  /** Names the content: facts of one identity with the same tag are copies, with another tag conflicts. */
  readonly tag: string;
  readonly bytes: number;
  /** What a direct charge costs. */
  readonly amount: string;
  readonly currency: string;
}

/** Who, what, and which: never when. */
export function identityOf({ customer, id, source }: Pick<SentFact, "customer" | "id" | "source">): string {
  return `${customer}/${source ?? ""}/${id}`;
}

/** The fact as the product takes it. */
export function factOf(sent: SentFact): Fact {
  const { kind, id, source, time, serverTime, type, tag, bytes } = sent;
  const common = { id, customer: customerId(sent.customer), source, time, serverTime };
  if (kind === "void") return { kind, ...common, reason: undefined };
  if (type === "charge") {
    return { kind, ...common, type, data: { tag, amount: sent.amount, currency: sent.currency } };
  }
  return { kind, ...common, type, data: { tag, bytes } };
}

/** A text that tells stored rows and sent facts of the same content and time apart from all others. */
export function factKey(
  { kind, customer, id, source, time }: Pick<SentFact, "kind" | "customer" | "id" | "source" | "time">,
  tag: string,
): string {
  return `${kind}|${customer}|${source ?? ""}|${id}|${time}|${kind === "void" ? "" : tag}`;
}
