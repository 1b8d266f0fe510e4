import { reportConservation } from "@farthing/billing";
import { customers } from "./catalogue.ts";
import { isOrphan } from "./check-logs.ts";
import { countedRows, portsAtRest } from "./check-seals.ts";
import type { History } from "./history.ts";
import type { Ledger } from "./ledger.ts";
import { identityOf } from "./sent-fact.ts";
import { dawn, dusk, hour } from "./timeline.ts";

const names = ["billed", "free", "duplicate", "conflict", "unmetered", "voided", "open"] as const;
type Outcome = (typeof names)[number];

/** The product's report says of every accepted event what became of it, and so does this test, by its own reckoning. */
export async function checkConservation(
  history: History,
  ledger: Ledger,
  quarantined: ReadonlySet<string>,
): Promise<void> {
  const { witness, merchant } = history;
  // Damage that comes between a roll's statement and its record counts twice, which no store of ours can do.
  if ([...ledger.logs.values()].flat().some(({ stored }) => quarantined.has(stored.key))) return;
  const range = { from: dawn - hour, to: dusk };
  const { settling, rolls } = portsAtRest(history);
  const report = await reportConservation({ ...settling, journal: rolls }, { merchant, ...range });
  if (!report.ok) return witness.blame("the conservation report is refused");
  const counts = await reckon(history, ledger, { ...range, quarantined });
  const { value } = report;
  for (const name of ["billed", "free", "unmetered", "open"] as const) {
    if (value[name] !== counts[name])
      witness.blame(`the report has ${value[name]} events ${name}, not ${counts[name]}`);
  }
  // A copy that was struck before its identity was voided stays what it was.
  const struck = ({ duplicate, conflict, voided }: Record<"duplicate" | "conflict" | "voided", number>) =>
    duplicate + conflict + voided;
  if (struck(value) !== struck(counts))
    witness.blame(`the report strikes ${struck(value)} events, not ${struck(counts)}`);
  const accepted = names.reduce((sum, name) => sum + counts[name], 0) + counts.orphaned;
  if (report.value.accepted !== accepted || report.value.gap !== counts.orphaned) {
    witness.blame(`the report counts ${report.value.accepted} events as accepted, there are ${accepted}`);
  }
}

async function reckon(
  history: History,
  ledger: Ledger,
  { from, to, quarantined }: { readonly from: number; readonly to: number; readonly quarantined: ReadonlySet<string> },
): Promise<Record<Outcome | "orphaned", number>> {
  const { stored, logs } = ledger;
  const counts = { billed: 0, free: 0, duplicate: 0, conflict: 0, unmetered: 0, voided: 0, open: 0, orphaned: 0 };
  const within = ({ time }: { readonly time: number }) => time >= from && time < to;
  const named = new Set([...logs.values()].flat().map((row) => row.stored));
  for (const row of stored.values()) {
    if (row.sent.kind === "void" || !within(row.sent) || named.has(row)) continue;
    if (quarantined.has(row.key)) counts.open += 1;
    else if (isOrphan(row, ledger, history.witness)) counts.orphaned += 1;
  }
  for (const name of customers) {
    const rows = logs.get(name) ?? [];
    const counted = new Set(countedRows(rows));
    const voided = new Set(rows.filter(({ part }) => part === "void").map((row) => identityOf(row.stored.sent)));
    const charged = await chargedFrom(history, name);
    for (const row of rows) {
      const { sent } = row.stored;
      if (row.part === "void" || !within(sent)) continue;
      if (row.part !== "event") counts[row.part] += 1;
      else if (counted.has(row)) counts[outcomeOf(sent.type, sent.time >= charged)] += 1;
      else if (voided.has(identityOf(sent))) counts.voided += 1;
      else counts.duplicate += 1;
    }
  }
  return counts;
}

function outcomeOf(type: string, charged: boolean): Outcome {
  if (type === "charge") return "billed";
  if (type === "request") return charged ? "billed" : "free";
  return type === "ping" ? "free" : "unmetered";
}

async function chargedFrom({ stores, merchant, customer }: History, name: string): Promise<number> {
  const all = await stores.subscriptions.subscriptionsOf(merchant, customer(name).customer);
  return Math.min(Number.POSITIVE_INFINITY, ...all.map(({ start }) => start));
}
