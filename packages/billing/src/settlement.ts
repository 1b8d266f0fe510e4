import type { CustomerRef } from "@farthing/metering";
import type { CurrencyCode, CustomerId, MerchantId, Picos } from "@farthing/money";

/** How far a settlement has come. */
export type SettlementStatus = "rolling" | "settling" | "done" | "failed";

/** What a settlement's invoices come to in one currency. Units: picos. */
export interface CurrencyTotals {
  readonly currency: CurrencyCode;
  readonly exact: Picos;
  readonly invoiced: Picos;
  readonly carried: Picos;
}

/** One run that rolls what has news and then seals customers. Units: times in milliseconds. */
export interface Settlement {
  readonly merchant: MerchantId;
  readonly id: string;
  /** Facts before this instant are billed; "period" settlements cut each customer at its own last period end before it. */
  readonly through: number;
  readonly cutAt: "through" | "period";
  readonly customers?: readonly CustomerId[];
  readonly dryRun: boolean;
  readonly status: SettlementStatus;
  readonly createdAt: number;
  readonly finishedAt?: number;
  /** How many shards phase one rolls, and how many chunks phase two has, once each is known. */
  readonly shards?: number;
  readonly chunks?: number;
  readonly customerCount?: number;
  readonly invoiceCount?: number;
  readonly totals?: readonly CurrencyTotals[];
}

/** What one chunk of customers came to: a record created once, when all of its customers are sealed. */
export interface ChunkRecord {
  readonly chunk: number;
  readonly customers: number;
  readonly invoices: number;
  readonly totals: readonly CurrencyTotals[];
}

/** One invoice of a settlement, as lists need it; its lines are in the seal. */
export interface InvoiceEntry {
  readonly merchant: MerchantId;
  readonly settlement: string;
  readonly customer: CustomerId;
  readonly seal: number;
  readonly currency: CurrencyCode;
  readonly sealedAt: number;
}

/** Where settlements are kept. Reads of one settlement are strong. */
export interface Settlements {
  createSettlement(settlement: Settlement): Promise<"created" | "exists">;
  settlement(merchant: MerchantId, id: string): Promise<Settlement | undefined>;
  /** Newest first. */
  settlements(
    merchant: MerchantId,
    page: { readonly after?: string; readonly limit: number },
  ): Promise<{ readonly settlements: readonly Settlement[]; readonly next?: string }>;
  /** Settlements of all merchants that are not done, for the schedule that pushes them on. */
  unfinished(): Promise<readonly Settlement[]>;
  /** Moves a settlement on if it still is in `from`; "stale" where another already has. That it is done is noted as news before. */
  advance(settlement: Settlement, from: SettlementStatus): Promise<"advanced" | "stale">;
  /** Notes that phase one has rolled a shard for this settlement. */
  noteShardRolled(merchant: MerchantId, settlement: string, shard: number): Promise<void>;
  shardsRolled(merchant: MerchantId, settlement: string): Promise<readonly number[]>;
  /** Stores the customers of a chunk before it is sent; the same again changes nothing. */
  putChunk(merchant: MerchantId, settlement: string, chunk: number, customers: readonly CustomerId[]): Promise<void>;
  chunk(merchant: MerchantId, settlement: string, chunk: number): Promise<readonly CustomerId[] | undefined>;
  /** Creates a chunk's record once. */
  recordChunk(merchant: MerchantId, settlement: string, record: ChunkRecord): Promise<void>;
  chunkRecords(merchant: MerchantId, settlement: string): Promise<readonly ChunkRecord[]>;
}

/** The index of invoices, written after their seal and again whenever a settlement meets that seal. */
export interface InvoiceIndex {
  putInvoices(entries: readonly InvoiceEntry[]): Promise<void>;
  /** The invoices of a settlement, in order of (customer, currency). */
  invoicesOfSettlement(
    merchant: MerchantId,
    settlement: string,
    page: { readonly after?: string; readonly limit: number },
  ): Promise<{ readonly entries: readonly InvoiceEntry[]; readonly next?: string }>;
  /** All invoices of a merchant, newest first, eventually consistent. */
  invoices(
    merchant: MerchantId,
    page: { readonly after?: string; readonly limit: number },
  ): Promise<{ readonly entries: readonly InvoiceEntry[]; readonly next?: string }>;
}

/** The queue of settlement steps. */
export interface SettlementQueue {
  /** Asks to look at a settlement and take its next step. Units: seconds, 900 at most. */
  askToAdvance(merchant: MerchantId, settlement: string, delaySeconds?: number): Promise<void>;
  askToRoll(merchant: MerchantId, settlement: string, shard: number): Promise<void>;
  askToSettle(merchant: MerchantId, settlement: string, chunk: number): Promise<void>;
  /** Asks to write down the charges of a seal that a settlement made. */
  askToWrite(customer: CustomerRef, settlement: string, seal: number): Promise<void>;
}
