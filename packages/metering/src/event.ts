import type { CustomerId } from "@farthing/money";
import type { ExactNumber } from "./exact-number.ts";

/** A JSON value whose numbers are exact: a `number` has at most 15 significant digits, all others are `ExactNumber`. */
export type ExactJson =
  | null
  | boolean
  | number
  | string
  | ExactNumber
  | readonly ExactJson[]
  | { readonly [key: string]: ExactJson };

/** What an event says beside who, what and when. */
export type EventData = { readonly [key: string]: ExactJson };

/** One usage event, checked; of type `charge` where it names an amount itself. Units: `time` in milliseconds since 1970. */
export interface ParsedEvent {
  readonly kind: "event";
  readonly id: string;
  readonly customer: CustomerId;
  readonly type: string;
  readonly source: string | undefined;
  readonly time: number;
  /** The event named no time, so `time` is the moment of receipt, which conflicts do not compare. */
  readonly serverTime: boolean;
  readonly data: EventData;
}

/** Says that an identity no longer counts. Units: `time` in milliseconds since 1970; it only says where to look first. */
export interface VoidFact {
  readonly kind: "void";
  readonly id: string;
  readonly customer: CustomerId;
  readonly source: string | undefined;
  readonly time: number;
  readonly serverTime: boolean;
  readonly reason: string | undefined;
}

/** What a bundle holds, a row each. */
export type Fact = ParsedEvent | VoidFact;

/** Why one event of a request was refused. */
export type EventRefusal = "invalid_event" | "time_too_old" | "time_in_future" | "data_too_large" | "invalid_amount";

/** One refused event: where it stood in the request, and its id where it had one, cut to 128 characters. */
export interface RejectedEvent {
  readonly index: number;
  readonly id?: string;
  readonly code: EventRefusal;
  readonly message: string;
}
