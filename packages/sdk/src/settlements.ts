import type { Connection } from "./connection.ts";
import { FarthingError } from "./farthing-error.ts";
import { eachOf, getPage, type Page, type PageQuery } from "./page.ts";
import { partsOf } from "./parts.ts";
import { getJson, getStream, type PostOptions, postJson } from "./request-json.ts";

/** How far a settlement is. */
export type SettlementStatus = "rolling" | "settling" | "done" | "failed";

/** How a settlement is written. */
export type ExportFormat = "csv" | "jsonl" | "journal" | "xlsx" | "parquet";

/** What to settle: everything before a moment, or through a day (UTC). */
export interface NewSettlement {
  readonly through: string;
  readonly customers?: readonly string[];
  /** Computes and seals nothing. */
  readonly dryRun?: boolean;
}

/** One currency of a settlement, as decimal strings: exact + carried in = invoiced + carried out. */
export interface SettlementTotal {
  readonly currency: string;
  readonly exact: string;
  readonly invoiced: string;
  readonly carried: string;
}

/** One run's invoices. */
export interface Settlement {
  readonly id: string;
  readonly status: SettlementStatus;
  readonly through: string;
  readonly customers: number;
  readonly invoices: number;
  readonly totals: readonly SettlementTotal[];
  readonly createdAt: string;
  readonly finishedAt?: string;
  readonly dryRun: boolean;
}

/** How long to wait for a settlement. */
export interface WaitOptions {
  readonly everyMs?: number;
  readonly timeoutMs?: number;
  readonly onProgress?: (settlement: Settlement) => void;
}

/** Settlements: one run's invoices, what finance exports. */
export const settlementCalls = (connection: Connection) => ({
  /** POST /v1/settlements. */
  create: (settlement: NewSettlement, options?: PostOptions): Promise<Settlement> =>
    postJson(connection, "/v1/settlements", settlement, options),
  /** GET /v1/settlements/{id}. */
  get: (id: string): Promise<Settlement> => getJson(connection, pathOf(id)),
  /** GET /v1/settlements. */
  list: (query: PageQuery = {}): Promise<Page<Settlement>> => getPage(connection, "/v1/settlements", { ...query }),
  /** GET /v1/settlements, page after page. */
  each: (query: PageQuery = {}): AsyncGenerator<Settlement, void> =>
    eachOf(connection, "/v1/settlements", { ...query }),
  /** GET /v1/settlements/{id}/export, as a response whose body is not read yet. */
  export: (id: string, format: ExportFormat = "csv"): Promise<Response> =>
    getStream(connection, `${pathOf(id)}/export`, { format }),
  /** The same in as many files as it takes, each with control totals of its own: for what is too large for one answer. */
  exportParts: (id: string, format: ExportFormat = "csv"): AsyncGenerator<Response, void> =>
    partsOf(connection, `${pathOf(id)}/export`, { format }),
  /** Asks until the settlement is done or failed. Errors: throws `FarthingError` with `timed_out` after `timeoutMs`. */
  wait: (id: string, options?: WaitOptions): Promise<Settlement> => waitFor(connection, id, options),
});

function pathOf(id: string): string {
  return `/v1/settlements/${encodeURIComponent(id)}`;
}

async function waitFor(connection: Connection, id: string, options: WaitOptions = {}): Promise<Settlement> {
  const { everyMs = 1_000, timeoutMs = Number.POSITIVE_INFINITY, onProgress } = options;
  const start = connection.clock.now();
  for (;;) {
    const settlement = await getJson<Settlement>(connection, pathOf(id));
    onProgress?.(settlement);
    if (settlement.status === "done" || settlement.status === "failed") return settlement;
    if (connection.clock.now() - start >= timeoutMs) {
      throw new FarthingError(`settlement ${id} is still ${settlement.status}`, { code: "timed_out" });
    }
    await connection.clock.sleep(everyMs);
  }
}
