import { isDeepStrictEqual } from "node:util";
import { chargedBy, notesSince, renderSeal, type Seal, SealChain } from "@farthing/billing";
import { customers } from "./catalogue.ts";
import { checkCharges } from "./check-charges.ts";
import { canonicalText } from "./exact.ts";
import type { History } from "./history.ts";
import type { Ledger, LogRow } from "./ledger.ts";
import { identityOf } from "./sent-fact.ts";
import { ending, hour } from "./timeline.ts";
import { useCasePorts } from "./use-case-ports.ts";

const windowMs = 35 * 24 * hour;

/** The events of a customer that count when all is sealed: of copies within 35 days the first in the log, and none that is void. */
export function countedRows(rows: readonly LogRow[]): readonly LogRow[] {
  const voided = new Set(rows.filter(({ part }) => part === "void").map(({ stored }) => identityOf(stored.sent)));
  const counted: LogRow[] = [];
  for (const row of rows) {
    const { sent } = row.stored;
    if (row.part !== "event" || voided.has(identityOf(sent))) continue;
    const copyOf = counted.find(
      ({ stored }) =>
        identityOf(stored.sent) === identityOf(sent) && Math.abs(stored.sent.time - sent.time) <= windowMs,
    );
    if (copyOf === undefined) counted.push(row);
  }
  return counted;
}

/** Every customer is sealed to its end, facts are struck by the rule, and every seal renders again to the same bytes. */
export async function checkSeals(history: History, ledger: Ledger): Promise<void> {
  const { stores, witness } = history;
  for (const name of customers) {
    const seals = await stores.seals.seals(history.customer(name));
    const rows = ledger.logs.get(name) ?? [];
    checkFrontier(history, name, { seals, rows });
    checkStruck(history, name, { seals, rows });
    for (const [index, seal] of seals.entries()) {
      const again = await renderAgain(history, seal, seals[index - 1]);
      if (!isDeepStrictEqual(again, seal)) {
        witness.blame(
          `seal ${seal.number} of ${name} renders to other bytes:\n${canonicalText(seal)}\n${canonicalText(again)}`,
        );
      }
      for (const invoice of seal.invoices) {
        await checkCharges(history, portsAtRest(history).settling, {
          customer: name,
          seal: seal.number,
          invoice,
          limit: 4,
        });
      }
    }
  }
}

/** The use cases over the bare stores. */
export function portsAtRest({ stores, now }: History) {
  const clock = { now: () => now };
  return useCasePorts(stores, { clock, plans: stores.shardPlans, ids: { unique: () => "rest" } });
}

async function renderAgain(history: History, seal: Seal, before: Seal | undefined): Promise<Seal> {
  const { customer, frontier, meterRevision, timezone, settlement, sealedAt } = seal;
  const chain = new SealChain(history.stores.seals, customer, before);
  const all = await history.stores.subscriptions.subscriptionsOf(customer.merchant, customer.customer);
  const subscriptions = chargedBy(seal, all);
  const taken = await notesSince(history.stores.account, customer, { latest: before, through: seal.account ?? 0 });
  const order = {
    customer,
    chain,
    next: frontier,
    meterRevision,
    subscriptions,
    timezone,
    taken,
    collect: seal.collect,
    settlement,
    sealedAt,
  };
  return await renderSeal(portsAtRest(history).settling, order);
}

interface Sealed {
  readonly seals: readonly Seal[];
  readonly rows: readonly LogRow[];
}

function checkFrontier({ witness }: History, name: string, { seals, rows }: Sealed): void {
  const last = seals.at(-1)?.frontier;
  const entry = rows.at(-1)?.entry ?? 0;
  if (entry > 0 && (last?.entry !== entry || last.cut < ending)) {
    witness.blame(`${name} is sealed to ${JSON.stringify(last)}, the log ends at ${entry}`);
  }
}

function checkStruck({ witness }: History, name: string, { seals, rows }: Sealed): void {
  const counted = new Set(countedRows(rows).map(({ entry, at }) => `${entry}/${at}`));
  const struck = seals.flatMap((seal) => seal.struck.map(({ entry, row }) => `${entry}/${row}`));
  if (new Set(struck).size !== struck.length) witness.blame(`a fact of ${name} is struck twice`);
  for (const { entry, at, part, stored } of rows) {
    if (part !== "event") continue;
    const key = `${entry}/${at}`;
    if (struck.includes(key) === counted.has(key)) {
      witness.blame(
        `${stored.sent.tag} (${key} of ${name}) is ${counted.has(key) ? "struck" : "billed"} against the rule`,
      );
    }
  }
}
