import type { Page } from "./codec/bundle.ts";
import { eventsPerPage, pagesOf } from "./pages.ts";
import type { CustomerRef, Statement, StatementLog } from "./statement.ts";

/** One copy of an identity in a customer's log. Units: `time` in milliseconds. */
export interface Occurrence {
  readonly entry: number;
  readonly row: number;
  readonly time: number;
  readonly fingerprint: number;
  readonly page: Page;
  readonly pageRow: number;
}

/** The events of entries whose fingerprint is asked for: a list for each identity, in order of entries. */
export async function occurrencesOf(
  log: StatementLog,
  customer: CustomerRef,
  entries: readonly Statement[],
  hashes: ReadonlySet<number>,
): Promise<readonly (readonly Occurrence[])[]> {
  const byHash = new Map<number, Occurrence[][]>();
  for (const statement of [...entries].sort((a, b) => a.number - b.number)) {
    for (const found of await suspects(log, customer, statement, hashes)) {
      const groups = byHash.get(found.fingerprint) ?? [];
      byHash.set(found.fingerprint, groups);
      const group = groups.find(([first]) => first?.page.sameIdentity(first.pageRow, found.page, found.pageRow));
      if (group === undefined) groups.push([found]);
      else group.push(found);
    }
  }
  return [...byHash.values()].flat();
}

async function suspects(
  log: StatementLog,
  customer: CustomerRef,
  statement: Statement,
  hashes: ReadonlySet<number>,
): Promise<readonly Occurrence[]> {
  const found: Occurrence[] = [];
  let start = 0;
  for (const { page, events } of eventsPerPage(await pagesOf(log, customer, statement), statement.counts.events)) {
    const { low } = page.identityHashes();
    for (let row = 0; row < events; row++) {
      const fingerprint = low[row] ?? 0;
      if (!hashes.has(fingerprint)) continue;
      const time = page.times[row] ?? 0;
      found.push({ entry: statement.number, row: start + row, time, fingerprint, page, pageRow: row });
    }
    start += page.count;
  }
  return found;
}
