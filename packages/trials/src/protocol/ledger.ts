import {
  decodeAll,
  type Mark,
  pagesOf,
  type ShardRef,
  type Statement,
  type StatementLog,
  shardsEver,
} from "@farthing/metering";
import { customers } from "./catalogue.ts";
import type { History } from "./history.ts";
import { factKey, identityOf, type SentFact } from "./sent-fact.ts";
import { bundleKey, type StoredPut } from "./witness.ts";

/** A row of a stored bundle, as the client sent it. */
export interface StoredRow {
  readonly key: string;
  readonly put: StoredPut;
  readonly row: number;
  readonly sent: SentFact;
}

/** A row of a statement: which stored row it names, and as what. */
export interface LogRow {
  readonly entry: number;
  /** Its place among the rows of its statement. */
  readonly at: number;
  readonly part: "event" | "void" | "duplicate" | "conflict";
  readonly stored: StoredRow;
}

/** All that a history left behind, as plain lists. */
export interface Ledger {
  readonly stored: ReadonlyMap<string, StoredRow>;
  readonly logs: ReadonlyMap<string, readonly LogRow[]>;
  /** The first hour in which each shard is rolled in order, and swept. */
  readonly firstHours: ReadonlyMap<number, number>;
  readonly marks: readonly { readonly shard: ShardRef; readonly mark: Mark }[];
}

/** Reads what was stored and what the logs say of it. */
export async function readLedger(history: History): Promise<Ledger> {
  const { stores, merchant } = history;
  const stored = storedRows(history);
  const logs = await readLogs(history, stores.log, stored);
  const marks: { shard: ShardRef; mark: Mark }[] = [];
  const firstHours = new Map<number, number>();
  for (const { shard, firstHour } of shardsEver(await stores.shardPlans.shardPlan(merchant))) {
    const ref = { merchant, shard };
    firstHours.set(shard, firstHour);
    for (const mark of await stores.journal.marks(ref)) marks.push({ shard: ref, mark });
  }
  return { stored, logs, marks, firstHours };
}

/** Reads the rows of the customers' logs. */
export async function readLogs(
  history: History,
  log: StatementLog,
  stored: Ledger["stored"],
): Promise<ReadonlyMap<string, readonly LogRow[]>> {
  const logs = new Map<string, readonly LogRow[]>();
  for (const name of customers) {
    const rows: LogRow[] = [];
    for (const entry of await log.entriesFrom(history.customer(name), 1)) {
      rows.push(...(await rowsOf(history, log, { customer: name, entry, stored })));
    }
    logs.set(name, rows);
  }
  return logs;
}

function storedRows({ witness }: History): ReadonlyMap<string, StoredRow> {
  const sent = new Map<string, SentFact>();
  for (const fact of witness.requests.flatMap(({ request }) => request.facts)) sent.set(factKey(fact, fact.tag), fact);
  const rows = new Map<string, StoredRow>();
  for (const [key, put] of witness.puts) {
    const [origin] = decodeAll([put.bundle]).decoded;
    for (let row = 0; row < (origin?.bundle.count ?? 0); row++) {
      const fact = origin?.bundle.fact(row);
      if (fact === undefined) continue;
      const tag = fact.kind === "event" ? String(fact.data.tag) : "";
      const found = sent.get(factKey(fact, tag));
      if (found === undefined) witness.blame(`${identityOf(fact)} is stored, but nobody sent it`);
      else rows.set(`${put.bundle.digest}/${row}`, { key, put, row, sent: found });
    }
    if (origin === undefined) witness.blame(`the bundle ${key} does not decode`);
  }
  return rows;
}

async function rowsOf(
  history: History,
  log: StatementLog,
  {
    customer,
    entry,
    stored,
  }: { readonly customer: string; readonly entry: Statement; readonly stored: Ledger["stored"] },
): Promise<readonly LogRow[]> {
  const rows: LogRow[] = [];
  const { events, voids, duplicates, conflicts } = entry.counts;
  for (const page of await pagesOf(log, history.customer(customer), entry)) {
    for (let row = 0; row < page.count; row++) {
      const at = rows.length;
      const part =
        at < events
          ? "event"
          : at < events + voids
            ? "void"
            : at < events + voids + duplicates
              ? "duplicate"
              : "conflict";
      const digest = page.origins[page.originIndex[row] ?? 0]?.digest;
      const found = stored.get(`${digest}/${page.originRow[row]}`);
      if (found === undefined)
        history.witness.blame(`entry ${entry.number} of ${customer} names a row that is not stored`);
      else rows.push({ entry: entry.number, at, part, stored: found });
    }
  }
  if (rows.length !== events + voids + duplicates + conflicts)
    history.witness.blame("an entry's counts are not its rows");
  return rows;
}

/** Whether a bundle lies damaged, and no roll had read it before. */
export async function quarantinedKeys({ stores, witness }: History): Promise<ReadonlySet<string>> {
  const keys = new Set<string>();
  for (const key of witness.corrupt) {
    const put = witness.puts.get(key);
    if (put === undefined) continue;
    const { digests } = await stores.progress.rollRecord(put.at);
    if (!digests.includes(put.bundle.digest)) keys.add(bundleKey(put.at, put.bundle.digest));
  }
  return keys;
}
