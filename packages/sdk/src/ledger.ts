import type { Connection } from "./connection.ts";
import { eachOf, getPage, type Page, type PageQuery } from "./page.ts";
import { partsOf } from "./parts.ts";
import { getJson, getStream, type PostOptions, postJson } from "./request-json.ts";

/** What stands on both sides of an account or a currency. Amounts are decimal strings in major units. */
export interface LedgerSides {
  readonly debit: string;
  readonly credit: string;
}

/** An account of the books: `type:currency`, or `type:currency:party` for a customer's or payee's share of it. */
export interface LedgerAccount extends LedgerSides {
  readonly id: string;
  readonly type: string;
  readonly currency: string;
  readonly party?: string;
  /** A debit is positive, a credit negative. */
  readonly balance: string;
}

/** The debits and credits of a currency, which are equal. */
export interface LedgerTotal extends LedgerSides {
  readonly currency: string;
}

/** What every account came to at an instant. */
export interface TrialBalance {
  readonly at: string;
  readonly totals: readonly LedgerTotal[];
  readonly accounts: readonly LedgerAccount[];
}

/** An entry of an account, and the account's balance after it. */
export interface LedgerEntry extends LedgerSides {
  readonly id: string;
  /** What posted it, as `kind:id`; a cause posts once. */
  readonly cause: string;
  /** When the books took it in, and when it happened. */
  readonly date: string;
  readonly occurredAt: string;
  readonly description: string;
  readonly facts: Readonly<Record<string, string>>;
  readonly amount: string;
  readonly balance: string;
}

/** A closed period: its trial balance, and a digest over it and the close before. */
export interface LedgerClose {
  readonly number: number;
  readonly through: string;
  readonly closedAt: string;
  readonly totals: readonly LedgerTotal[];
  readonly accounts: readonly LedgerAccount[];
  readonly previous: string;
  readonly digest: string;
}

/** From (included) to (excluded), by the dates of the books. */
export interface LedgerRange {
  readonly from?: string;
  readonly to?: string;
}

/** How the journal is written. */
export type JournalFormat = "csv" | "hledger";

/** Which part of the journal, and how it is written. */
export interface JournalQuery extends LedgerRange {
  readonly format?: JournalFormat;
}

/** The books; they need the role `finance`. */
export const ledgerCalls = (connection: Connection) => ({
  /** GET /v1/ledger/trial-balance: at an instant, or now. */
  trialBalance: (query: { readonly at?: string } = {}): Promise<TrialBalance> =>
    getJson(connection, "/v1/ledger/trial-balance", { ...query }),
  /** GET /v1/ledger/accounts: the merchant's whole ones, or a party's shares. */
  accounts: (query: PageQuery & { readonly party?: string } = {}): Promise<Page<LedgerAccount>> =>
    getPage(connection, "/v1/ledger/accounts", { ...query }),
  /** GET /v1/ledger/accounts/{id}/entries. */
  entries: (id: string, query: LedgerRange & PageQuery = {}): Promise<Page<LedgerEntry>> =>
    getPage(connection, entriesPath(id), { ...query }),
  /** GET /v1/ledger/accounts/{id}/entries, page after page. */
  eachEntry: (id: string, query: LedgerRange & PageQuery = {}): AsyncGenerator<LedgerEntry, void> =>
    eachOf(connection, entriesPath(id), { ...query }),
  /** POST /v1/ledger/close: closes everything before an instant, or through a day (UTC). */
  close: (through: string, options?: PostOptions): Promise<LedgerClose> =>
    postJson(connection, "/v1/ledger/close", { through }, options),
  /** GET /v1/ledger/closes, the first one first. */
  closes: (query: PageQuery = {}): Promise<Page<LedgerClose>> => getPage(connection, "/v1/ledger/closes", { ...query }),
  /** GET /v1/ledger/journal, as a response whose body is not read yet. */
  journal: (query: JournalQuery = {}): Promise<Response> => getStream(connection, "/v1/ledger/journal", { ...query }),
  /** The same in as many files as it takes. */
  journalParts: (query: JournalQuery = {}): AsyncGenerator<Response, void> =>
    partsOf(connection, "/v1/ledger/journal", { ...query }),
});

function entriesPath(id: string): string {
  return `/v1/ledger/accounts/${encodeURIComponent(id)}/entries`;
}
