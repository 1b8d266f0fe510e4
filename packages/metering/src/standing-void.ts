import type { Bundle, Page } from "./codec/bundle.ts";
import { pagesOf } from "./pages.ts";
import type { CustomerRef, Statement, StatementLog } from "./statement.ts";

/** A void that stands against every copy of an identity, seen or to come; `fingerprint` is of the identity. */
export interface StandingVoid {
  readonly source?: string;
  readonly id: string;
  readonly fingerprint: number;
}

/** The void that a row of kind void makes. */
export function voidOfRow(bundle: Bundle, row: number): StandingVoid {
  const source = bundle.source(row);
  const fingerprint = bundle.identityHashes().low[row] ?? 0;
  return { id: bundle.id(row), fingerprint, ...(source === undefined ? {} : { source }) };
}

/** Whether a void stands against the event of a row. */
export function means(
  standing: StandingVoid,
  { page, pageRow }: { readonly page: Bundle; readonly pageRow: number },
): boolean {
  if (standing.fingerprint !== page.identityHashes().low[pageRow]) return false;
  return standing.id === page.id(pageRow) && standing.source === page.source(pageRow);
}

/** Voids by their fingerprints, for those who ask about many rows. */
export class StandingVoids {
  readonly #byHash: ReadonlyMap<number, readonly StandingVoid[]>;
  /** The fingerprints that they have. */
  readonly hashes: ReadonlySet<number>;

  constructor(voids: readonly StandingVoid[]) {
    this.#byHash = Map.groupBy(voids, ({ fingerprint }) => fingerprint);
    this.hashes = new Set(this.#byHash.keys());
  }

  /** Whether one of them stands against the event of a row. */
  mean(at: { readonly page: Bundle; readonly pageRow: number }): boolean {
    const hash = at.page.identityHashes().low[at.pageRow] ?? 0;
    return this.#byHash.get(hash)?.some((standing) => means(standing, at)) ?? false;
  }
}

/** The voids that statements carry. */
export async function voidsOf(
  log: StatementLog,
  customer: CustomerRef,
  fresh: readonly Statement[],
): Promise<StandingVoid[]> {
  const voids: StandingVoid[] = [];
  for (const statement of fresh) {
    if (statement.counts.voids === 0) continue;
    const { events, voids: count } = statement.counts;
    for (const { page, pageRow } of await rowsOf(log, customer, statement, { from: events, to: events + count })) {
      voids.push(voidOfRow(page, pageRow));
    }
  }
  return voids;
}

async function rowsOf(
  log: StatementLog,
  customer: CustomerRef,
  statement: Statement,
  range: { readonly from: number; readonly to: number },
): Promise<{ readonly page: Page; readonly pageRow: number }[]> {
  const found: { page: Page; pageRow: number }[] = [];
  let start = 0;
  for (const page of await pagesOf(log, customer, statement)) {
    for (let row = Math.max(0, range.from - start); row < Math.min(page.count, range.to - start); row++) {
      found.push({ page, pageRow: row });
    }
    start += page.count;
  }
  return found;
}
