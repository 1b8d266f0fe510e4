import type { Connection } from "./connection.ts";
import { FarthingError } from "./farthing-error.ts";
import { eachOf, getPage, type Page, type PageQuery } from "./page.ts";
import { getJson, type PostOptions, postJson } from "./request-json.ts";

/** How far a backfill is. */
export type BackfillStatus = "open" | "committing" | "committed" | "dropped";

/** Events that wait under a name until they are committed or dropped as a whole. */
export interface Backfill {
  readonly name: string;
  readonly status: BackfillStatus;
  /** What it holds, or held when it closed; lists leave it out while it is open. */
  readonly events?: number;
  readonly customers?: number;
  /** Event times of the first and the last. */
  readonly from?: string;
  readonly to?: string;
  readonly createdAt: string;
  readonly closedAt?: string;
  readonly finishedAt?: string;
}

/** What a backfill would change of one line. */
export interface LineChange {
  readonly kind: "usage" | "flat" | "minimum" | "charges" | "adjustment" | "discount" | "credit" | "tax";
  readonly meter?: string;
  readonly group?: Readonly<Record<string, string>>;
  readonly description: string;
  readonly period: { readonly from: string; readonly to: string };
  readonly quantity: string;
  readonly exact: string;
}

/** What a backfill would change of a customer's next invoice in one currency, as decimal strings. */
export interface InvoiceChange {
  readonly currency: string;
  /** The invoice's exact amount without the backfill, and with it. */
  readonly before: string;
  readonly after: string;
  readonly change: string;
  /** What it would ask for, rounded. */
  readonly totalBefore: string;
  readonly totalAfter: string;
  readonly lines: readonly LineChange[];
}

/** What a backfill would change for one customer: events = counted + duplicates + conflicts + voided. */
export interface BackfillChange {
  readonly customer: string;
  readonly events: number;
  readonly counted: number;
  readonly duplicates: number;
  readonly conflicts: number;
  readonly voided: number;
  readonly invoices: readonly InvoiceChange[];
}

/** Which changes; the next invoices bill up to `through`, by default now. */
export interface PreviewQuery extends PageQuery {
  readonly through?: string;
}

/** How long to wait for a commit. */
export interface CommitWaitOptions {
  readonly everyMs?: number;
  readonly timeoutMs?: number;
}

/** Backfills: old events that are looked at before they count. */
export const backfillCalls = (connection: Connection) => ({
  /** POST /v1/backfills. One that is open stays as it is. */
  open: (name: string, options?: PostOptions): Promise<Backfill> =>
    postJson(connection, "/v1/backfills", { name }, options),
  /** GET /v1/backfills/{name}. */
  get: (name: string): Promise<Backfill> => getJson(connection, pathOf(name)),
  /** GET /v1/backfills. */
  list: (query: PageQuery = {}): Promise<Page<Backfill>> => getPage(connection, "/v1/backfills", { ...query }),
  /** GET /v1/backfills, page after page. */
  each: (query: PageQuery = {}): AsyncGenerator<Backfill, void> => eachOf(connection, "/v1/backfills", { ...query }),
  /** GET /v1/backfills/{name}/preview. */
  preview: (name: string, query: PreviewQuery = {}): Promise<Page<BackfillChange>> =>
    getPage(connection, `${pathOf(name)}/preview`, { ...query }),
  /** GET /v1/backfills/{name}/preview, page after page. */
  eachChange: (name: string, query: PreviewQuery = {}): AsyncGenerator<BackfillChange, void> =>
    eachOf(connection, `${pathOf(name)}/preview`, { limit: 50, ...query }),
  /** POST /v1/backfills/{name}/commit. */
  commit: (name: string, options?: PostOptions): Promise<Backfill> =>
    postJson(connection, `${pathOf(name)}/commit`, {}, options),
  /** POST /v1/backfills/{name}/drop. */
  drop: (name: string, options?: PostOptions): Promise<Backfill> =>
    postJson(connection, `${pathOf(name)}/drop`, {}, options),
  /** Asks until a commit is done. Errors: throws `FarthingError` with `timed_out` after `timeoutMs`. */
  wait: (name: string, options?: CommitWaitOptions): Promise<Backfill> => waitFor(connection, name, options),
});

function pathOf(name: string): string {
  return `/v1/backfills/${encodeURIComponent(name)}`;
}

async function waitFor(connection: Connection, name: string, options: CommitWaitOptions = {}): Promise<Backfill> {
  const { everyMs = 1_000, timeoutMs = Number.POSITIVE_INFINITY } = options;
  const start = connection.clock.now();
  for (;;) {
    const backfill = await getJson<Backfill>(connection, pathOf(name));
    if (backfill.status !== "committing") return backfill;
    if (connection.clock.now() - start >= timeoutMs)
      throw new FarthingError(`backfill ${name} is still committing`, { code: "timed_out" });
    await connection.clock.sleep(everyMs);
  }
}
