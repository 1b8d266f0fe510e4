import type { Connection } from "./connection.ts";
import { eachOf, getPage, type Page, type PageQuery } from "./page.ts";

/** Where an invoice's collection stands. */
export type CollectionStatus =
  | "to_send"
  | "sending"
  | "unknown"
  | "declined"
  | "paid"
  | "past_due"
  | "written_off"
  | "withdrawn";

/** One try at the payment rail, and what came of it. */
export interface CollectionAttempt {
  readonly at: string;
  readonly outcome: "paid" | "declined" | "no_method" | "refused";
  readonly code?: string;
  /** It came of something that the customer did. */
  readonly woken: boolean;
}

/** What became of an invoice's collection: each try, what was received and what was given back. */
export interface Collection {
  readonly invoice: string;
  readonly customer: string;
  readonly settlement: string;
  readonly currency: string;
  readonly amount: string;
  readonly status: CollectionStatus;
  /** Its payment at the rail: no other is ever taken. */
  readonly payment?: string;
  /** Why it cannot be collected, where that is no decline. */
  readonly reason?: string;
  readonly openedAt: string;
  /** When it is looked at next. */
  readonly dueAt?: string;
  readonly pastDueAt?: string;
  readonly closedAt?: string;
  readonly attempts: readonly CollectionAttempt[];
  /** In the currency in which the rail settles. */
  readonly received?: {
    readonly id: string;
    readonly amount: string;
    readonly fee: string;
    readonly currency: string;
    readonly at: string;
  };
  readonly refunds: readonly {
    readonly key: string;
    readonly amount: string;
    readonly status: "sending" | "done" | "failed";
    readonly requestedAt: string;
    readonly id?: string;
    readonly code?: string;
  }[];
}

/** Which collections. */
export interface CollectionQuery extends PageQuery {
  readonly status?: CollectionStatus;
  readonly customer?: string;
}

/** Collections that something is left to do about; an invoice's own is among the calls of invoices. */
export const collectionCalls = (connection: Connection) => ({
  /** GET /v1/collections. */
  list: (query: CollectionQuery = {}): Promise<Page<Collection>> =>
    getPage(connection, "/v1/collections", { ...query }),
  /** GET /v1/collections, page after page. */
  each: (query: CollectionQuery = {}): AsyncGenerator<Collection, void> =>
    eachOf(connection, "/v1/collections", { ...query }),
});
