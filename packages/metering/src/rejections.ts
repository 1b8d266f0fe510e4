import type { MerchantId } from "@farthing/money";
import type { EventRefusal } from "./event.ts";

/** One refused event as it is remembered: where it stood, what it called itself where that can be read, and why. */
export interface NotedRejection {
  readonly index: number;
  readonly id?: string;
  readonly customer?: string;
  readonly type?: string;
  readonly code: EventRefusal;
  readonly message: string;
}

/**
 * What one request had refused: the first events by name, and how many there were of each code. Never their data.
 *
 * Units: `receivedAt` in milliseconds. The name tells requests of one moment apart; the same request again has the same.
 */
export interface RejectedRequest {
  readonly receivedAt: number;
  readonly name: string;
  readonly counts: Readonly<Partial<Record<EventRefusal, number>>>;
  readonly events: readonly NotedRejection[];
}

/** Requests with refused events, newest first, and where to read on. */
export interface RejectionPage {
  readonly requests: readonly RejectedRequest[];
  readonly next?: string;
}

/** Which requests: those received at `from ≤ receivedAt < to`. Units: milliseconds. */
export interface RejectionQuery {
  readonly from: number;
  readonly to: number;
  readonly limit: number;
  readonly after?: string | undefined;
}

/** Where refused events are remembered for a while, so that people see them. Every read is strong. */
export interface Rejections {
  /** Remembers a request; the same again changes nothing. */
  noteRejected(merchant: MerchantId, request: RejectedRequest): Promise<void>;
  /** Reads requests, newest first. */
  rejected(merchant: MerchantId, query: RejectionQuery): Promise<RejectionPage>;
}

/** How many refused events of one request are remembered by name; the counts are whole. */
export const maxNoted = 20;
/** How long they are remembered. Units: milliseconds. */
export const rejectionsKeptMs = 35 * 86_400_000;
/** The longest piece of an event's own text that is kept. */
const maxText = 128;

/** A text as it is kept: cut, and whole in Unicode. */
export function keptText(text: string): string {
  return text.slice(0, maxText).toWellFormed();
}

/** How many events a request had refused. */
export function rejectedCountOf({ counts }: Pick<RejectedRequest, "counts">): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** A request's place in the order of receipt. */
export function placeOfRequest({ receivedAt, name }: Pick<RejectedRequest, "receivedAt" | "name">): string {
  return `${String(receivedAt).padStart(15, "0")}#${name}`;
}
