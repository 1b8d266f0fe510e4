import type { History } from "./history.ts";
import type { Ledger, LogRow, StoredRow } from "./ledger.ts";
import { factKey, identityOf } from "./sent-fact.ts";
import { bundleKey } from "./witness.ts";

/** Answers are durable, every stored row stands in one statement, and no mark is left but of damaged bundles. */
export function checkLogs(history: History, ledger: Ledger, quarantined: ReadonlySet<string>): void {
  checkDurable(history, ledger);
  checkNamedOnce(history, ledger, quarantined);
  checkMarks(history, ledger, quarantined);
  for (const rows of ledger.logs.values()) {
    checkParts(history, rows);
    checkOrderInRoll(history, rows);
  }
}

function checkDurable({ witness }: History, { stored }: Ledger): void {
  const keys = new Set([...stored.values()].map(({ sent }) => factKey(sent, sent.tag)));
  for (const { request, answeredAt } of witness.requests) {
    if (answeredAt === undefined) continue;
    for (const fact of request.facts) {
      if (!keys.has(factKey(fact, fact.tag))) witness.blame(`${fact.kind} ${fact.tag} was answered, but is not stored`);
    }
  }
}

function checkNamedOnce({ witness }: History, ledger: Ledger, quarantined: ReadonlySet<string>): void {
  const { stored, logs } = ledger;
  const named = new Map<StoredRow, number>();
  for (const { stored: row } of [...logs.values()].flat()) named.set(row, (named.get(row) ?? 0) + 1);
  for (const row of stored.values()) {
    const times = named.get(row) ?? 0;
    if (times === 1 || (times === 0 && (quarantined.has(row.key) || isOrphan(row, ledger, witness)))) continue;
    witness.blame(`row ${row.row} of ${row.key} (${row.sent.kind} ${row.sent.tag}) stands in ${times} entries`);
  }
}

/**
 * A bundle that came after its hour's sweep, of a request that was never answered: its writer died before it could mark it,
 * and its client gave up. Nothing was promised, and what nobody marked nobody finds until the client sends it again.
 */
export function isOrphan(
  { put }: Pick<StoredRow, "put">,
  { firstHours }: Ledger,
  witness: History["witness"],
): boolean {
  const neverSwept = put.at.hour < (firstHours.get(put.at.shard) ?? Number.POSITIVE_INFINITY);
  if (!put.afterSweep && !neverSwept) return false;
  return [...put.by].every((request) => witness.requests[request]?.answeredAt === undefined);
}

function checkMarks({ witness }: History, ledger: Ledger, quarantined: ReadonlySet<string>): void {
  const { marks } = ledger;
  const marked = new Set<string>();
  for (const { shard, mark } of marks) {
    const keys = mark.bundles.map(({ hour: at, digest }) => bundleKey({ ...shard, hour: at }, digest));
    if (!keys.some((key) => witness.corrupt.has(key))) witness.blame(`mark ${mark.id} of ${keys.join(", ")} is left`);
    for (const key of keys) marked.add(key);
  }
  for (const key of quarantined) {
    const put = witness.puts.get(key);
    if (marked.has(key) || (put !== undefined && isOrphan({ put }, ledger, witness))) continue;
    witness.blame(`the damaged bundle ${key} has no mark`);
  }
}

/** Copies stand beside the event of their identity that counts in the hours around; equal content makes a duplicate. */
function checkParts({ witness }: History, rows: readonly LogRow[]): void {
  const events = rows.filter(({ part }) => part === "event");
  for (const { part, stored, entry } of rows) {
    const { sent } = stored;
    if ((sent.kind === "void") !== (part === "void")) witness.blame(`entry ${entry} holds a ${sent.kind} as ${part}`);
    const same = (other: LogRow) => identityOf(other.stored.sent) === identityOf(sent);
    const near = events.filter((other) => same(other) && Math.abs(other.stored.put.at.hour - stored.put.at.hour) <= 1);
    if (part === "duplicate" && !near.some((other) => other.stored.sent.tag === sent.tag)) {
      witness.blame(`entry ${entry} calls ${sent.tag} a duplicate, of nothing`);
    }
    if (part === "conflict" && !near.some((other) => other.stored.sent.tag !== sent.tag)) {
      witness.blame(`entry ${entry} calls ${sent.tag} a conflict, with nothing`);
    }
    if (part === "event" && near.length > 1) witness.blame(`${sent.tag} stands as an event in neighbouring hours`);
  }
}

/** Inside one roll, of copies the one with the smallest (receivedAt, digest, row) counts. */
function checkOrderInRoll({ witness }: History, rows: readonly LogRow[]): void {
  const order = ({ stored: { put, row } }: LogRow) => [put.bundle.receivedAt, put.bundle.digest, row] as const;
  for (const copy of rows.filter(({ part }) => part === "duplicate" || part === "conflict")) {
    const first = rows.find(
      (row) =>
        row.entry === copy.entry &&
        row.part === "event" &&
        identityOf(row.stored.sent) === identityOf(copy.stored.sent),
    );
    if (first !== undefined && isBefore(order(copy), order(first))) {
      witness.blame(`entry ${copy.entry} counts ${first.stored.sent.tag} before ${copy.stored.sent.tag}`);
    }
  }
}

function isBefore(a: readonly (string | number)[], b: readonly (string | number)[]): boolean {
  for (const [index, part] of a.entries()) {
    const other = b[index];
    if (other !== undefined && part !== other) return part < other;
  }
  return false;
}
