import { type Hour, rollHour, type StoredBundle } from "@farthing/metering";
import { memoryStatementLog } from "@farthing/metering/memory";
import { customers } from "./catalogue.ts";
import { countedRows } from "./check-seals.ts";
import type { History } from "./history.ts";
import { type Ledger, type LogRow, readLogs } from "./ledger.ts";
import { identityOf } from "./sent-fact.ts";

/** Rolled anew from the bundles, in order of hours, the same identities count, with the same content where copies agree. */
export async function checkSameAgain(
  history: History,
  ledger: Ledger,
  quarantined: ReadonlySet<string>,
): Promise<void> {
  const { stores, merchant, witness } = history;
  const log = memoryStatementLog();
  const register = { noteCustomer: async () => undefined };
  const meters = await stores.meters.currentMeters(merchant);
  const named = new Set([...ledger.logs.values()].flat().map(({ stored }) => stored.key));
  // Damage that comes in the midst of a roll leaves some rows of a bundle in the log, and others out.
  if ([...quarantined].some((key) => named.has(key))) return;
  const hours = new Map<Hour, StoredBundle[]>();
  for (const [key, { at, bundle }] of witness.puts) {
    // Damaged bundles, and those that nobody marked and nobody promised, are in no log; they stay out here as well.
    if (!named.has(key)) continue;
    hours.set(at.hour, [...(hours.get(at.hour) ?? []), bundle]);
  }
  for (const [hour, bundles] of [...hours].sort(([a], [b]) => a - b)) {
    await rollHour({ log, register }, { merchant, hour, meters }, bundles);
  }
  const again = await readLogs(history, log, ledger.stored);
  for (const name of customers) {
    const [first, second] = [countsOf(ledger.logs.get(name) ?? []), countsOf(again.get(name) ?? [])];
    if (first !== second) witness.blame(`rolled anew, ${name} counts\n${second}, where it had\n${first}`);
  }
}

/** What counts: identities, and where all their copies agree also the content. */
function countsOf(rows: readonly LogRow[]): string {
  const contents = Map.groupBy(
    rows.filter(({ part }) => part !== "void"),
    ({ stored }) => identityOf(stored.sent),
  );
  const agreed = (identity: string) => new Set(contents.get(identity)?.map(({ stored }) => stored.sent.tag)).size === 1;
  return countedRows(rows)
    .map(({ stored: { sent } }) => (agreed(identityOf(sent)) ? sent.tag : identityOf(sent)))
    .sort()
    .join("\n");
}
