import type { MerchantId, Picos } from "@farthing/money";
import type { CollectionFact } from "./collection-fact.ts";
import type { InvoiceName } from "./invoice-id.ts";
import type { Movement } from "./payment-rail.ts";

/**
 * How far the collection of an invoice has come. `to_send`, `declined` and `past_due` wait for their time; `sending` was
 * written before the rail is asked; `unknown` may have been taken, and is looked up before anything is sent again. `paid`,
 * `written_off` and `withdrawn` (people took the demand back, or were paid otherwise) are for ever.
 */
export type CollectionStatus =
  | "to_send"
  | "sending"
  | "unknown"
  | "declined"
  | "paid"
  | "past_due"
  | "written_off"
  | "withdrawn";

/** A try that ended. `woken` came of something that the customer did, and takes none of the merchant's retries. */
export interface CollectionAttempt {
  readonly at: number;
  readonly outcome: "paid" | "declined" | "no_method" | "refused";
  readonly code?: string;
  readonly woken: boolean;
}

/** A refund of a collected invoice, by the caller's key. Units: picos, milliseconds. */
export interface CollectionRefund {
  readonly key: string;
  readonly amount: Picos;
  readonly status: "sending" | "done" | "failed";
  readonly requestedAt: number;
  readonly id?: string;
  readonly movement?: Movement;
  readonly code?: string;
}

/** What is told to others once the change that it tells of is stored. */
export type CollectionNotice =
  | { readonly kind: "state"; readonly event: "collected" | "fell_due" | "given_up"; readonly at: number }
  | {
      readonly kind: "letter";
      readonly letter: LetterKind;
      readonly at: number;
      readonly next?: number;
      readonly amount?: Picos;
    };

/** What customers are told. */
export type LetterKind = "please_pay" | "declined" | "past_due" | "written_off" | "paid" | "refunded";

/** The collection of one invoice. Units: picos, times in milliseconds. */
export interface Collection extends InvoiceName {
  readonly merchant: MerchantId;
  readonly settlement: string;
  readonly amount: Picos;
  readonly status: CollectionStatus;
  /** Grows by one with each change; a change is stored only over the one before. */
  readonly revision: number;
  readonly openedAt: number;
  /** When to look at it next; left out once nothing is left to do. */
  readonly dueAt?: number | undefined;
  /** The invoice's one payment at the rail: no other is ever taken. */
  readonly payment?: string | undefined;
  /** Counts what was begun; part of every key at the rail, so that none is used for two things. */
  readonly tries: number;
  readonly attempts: readonly CollectionAttempt[];
  /** The rail's last try that is among the attempts. */
  readonly charge?: string | undefined;
  /** Whether what is under way was woken by the customer. */
  readonly woken?: boolean | undefined;
  readonly pastDueAt?: number | undefined;
  readonly closedAt?: number | undefined;
  /** Why it cannot be collected, where that is no decline. */
  readonly reason?: string | undefined;
  readonly movement?: Movement | undefined;
  readonly refunds: readonly CollectionRefund[];
  readonly notices: readonly CollectionNotice[];
}

/** Which invoice's collection. */
export interface CollectionRef extends InvoiceName {
  readonly merchant: MerchantId;
}

/** A change of a collection, with what is stored in one transaction with it. */
export interface CollectionChange {
  /** Its revision is the one after the stored. */
  readonly collection: Collection;
  readonly facts?: readonly CollectionFact[];
  /** The rail's event that this change comes of, stored once. */
  readonly event?: string;
}

/** How many lists the open collections of a merchant, and the facts of its days, are spread over. */
export const collectionBuckets = 16;

/** Where collections are kept. Reads of one are strong, lists eventual; facts are strong. */
export interface Collections {
  /** Creates a collection; one that exists stays as it is. */
  open(collection: Collection): Promise<void>;
  collection(ref: CollectionRef): Promise<Collection | undefined>;
  /** Stores a change: "stale" where another was first, "seen" where its event is stored already. */
  commit(change: CollectionChange): Promise<"committed" | "stale" | "seen">;
  /** Stores an event that changes nothing; "seen" where it is stored already. */
  noteEvent(merchant: MerchantId, event: string): Promise<"noted" | "seen">;
  /** Those of a bucket with something left to do, by when that is due, up to a time. */
  due(merchant: MerchantId, bucket: number, page: DuePage): Promise<readonly CollectionRef[]>;
  /** A page of those with something left to do. */
  openOnes(
    merchant: MerchantId,
    page: { readonly after?: string; readonly limit: number },
  ): Promise<{ readonly collections: readonly Collection[]; readonly next?: string }>;
  /** The facts of a day of UTC ("2026-11-26"), by when they happened at the rail. */
  facts(merchant: MerchantId, day: string): Promise<readonly CollectionFact[]>;
}

/** Which of the due are asked for. Units: milliseconds. */
export interface DuePage {
  readonly until: number;
  readonly limit: number;
}

/** Which settlements are still to be opened for collection. Reads are strong. */
export interface CollectionRuns {
  /** Notes, before a settlement is done, that its invoices are to be collected. */
  expect(merchant: MerchantId, settlement: string): Promise<void>;
  expected(merchant: MerchantId): Promise<readonly string[]>;
  /** All of its invoices are open for collection, or it is none that is collected. */
  opened(merchant: MerchantId, settlement: string): Promise<void>;
}

/** Which customer at the rail is ours. Reads are strong. */
export interface RailCustomers {
  railCustomer(merchant: MerchantId, customer: InvoiceName["customer"]): Promise<string | undefined>;
  /** Notes who a customer is at the rail, and answers who it is: the first that was noted. */
  noteRailCustomer(merchant: MerchantId, customer: InvoiceName["customer"], id: string): Promise<string>;
}

/** The queue of collection work. */
export interface CollectionQueue {
  /** Asks to open a settlement's invoices from a place on. */
  askToOpen(merchant: MerchantId, settlement: string, after?: string): Promise<void>;
  /** Asks to take the next step of collections, by their invoices' ids. */
  askToCollect(merchant: MerchantId, invoices: readonly string[]): Promise<void>;
  /** Asks to look for what is due and for what was lost. */
  askToPush(merchant: MerchantId): Promise<void>;
  askToReconcile(merchant: MerchantId): Promise<void>;
}
