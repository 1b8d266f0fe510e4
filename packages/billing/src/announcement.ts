import type { MerchantId } from "@farthing/money";

/** What billing tells merchants of. */
export type AnnouncementType =
  | "invoice.sealed"
  | "invoice.paid"
  | "invoice.past_due"
  | "invoice.voided"
  | "invoice.uncollectible"
  | "credit_note.created"
  | "settlement.done";

/** Something that a merchant is told, once for each key of a type. Units: `at` in milliseconds. */
export interface Announcement {
  readonly merchant: MerchantId;
  readonly type: AnnouncementType;
  readonly key: string;
  readonly at: number;
  readonly data: unknown;
}

/** What tells merchants. The same again is told once. */
export interface Announcements {
  /** All of them are of one merchant. */
  announce(announcements: readonly Announcement[]): Promise<void>;
}
