import type { Seal } from "@farthing/billing";
import { customers } from "./catalogue.ts";
import type { History } from "./history.ts";
import type { Ledger } from "./ledger.ts";
import { factKey, identityOf } from "./sent-fact.ts";
import type { SettlementState } from "./witness.ts";

/** Every settlement is done once, covers what was answered before it began, and its totals are those of its invoices. */
export async function checkSettlements(history: History, ledger: Ledger): Promise<void> {
  const { stores, merchant, witness } = history;
  const seals = (await Promise.all(customers.map((name) => stores.seals.seals(history.customer(name))))).flat();
  for (const [id, state] of witness.settlements) {
    const settlement = await stores.settlements.settlement(merchant, id);
    if (settlement?.status !== "done") witness.blame(`settlement ${id} is ${settlement?.status}`);
    if (settlement === undefined || settlement.dryRun) continue;
    const own = seals.filter((seal) => seal.settlement === id);
    if (new Set(own.map(({ customer }) => customer.customer)).size !== own.length) {
      witness.blame(`settlement ${id} sealed a customer twice`);
    }
    checkTotals(history, id, { own, totals: settlement.totals ?? [], invoices: settlement.invoiceCount ?? 0 });
    const named = (name: string) =>
      settlement.customers === undefined || settlement.customers.some((one) => one === name);
    if (settlement.chunks === undefined || state.cutAt === "period") continue;
    for (const name of customers.filter(named)) checkCovered(history, ledger, { id, name, state });
  }
}

function checkTotals(
  { witness }: History,
  id: string,
  {
    own,
    totals,
    invoices,
  }: {
    readonly own: readonly Seal[];
    readonly totals: readonly { readonly currency: string; readonly exact: bigint; readonly invoiced: bigint }[];
    readonly invoices: number;
  },
): void {
  const all = own.flatMap((seal) => seal.invoices);
  if (all.length !== invoices) witness.blame(`settlement ${id} counts ${invoices} invoices, but made ${all.length}`);
  for (const currency of ["USD", "JPY"]) {
    const mine = all.filter((invoice) => invoice.currency === currency);
    const stated = totals.find((total) => total.currency === currency);
    const exact = mine.reduce((sum, invoice) => sum + invoice.exact, 0n);
    const invoiced = mine.reduce((sum, invoice) => sum + invoice.total, 0n);
    if (exact !== (stated?.exact ?? 0n) || invoiced !== (stated?.invoiced ?? 0n)) {
      witness.blame(`settlement ${id} totals ${stated?.exact ?? 0n} picos ${currency}, its invoices ${exact}`);
    }
  }
}

/** What was answered before the settlement began, and lies before its end, is under a seal when it is done. */
function checkCovered(
  { witness }: History,
  { logs }: Ledger,
  { id, name, state }: { readonly id: string; readonly name: string; readonly state: SettlementState },
): void {
  const frontier = state.doneWith?.get(name);
  const keys = new Set(
    state.before
      .filter(({ customer, kind, time }) => customer === name && kind === "event" && time < state.through)
      .filter((fact) => !witness.isDamaged(identityOf(fact)))
      .map((fact) => factKey(fact, fact.tag)),
  );
  for (const key of keys) {
    const rows = (logs.get(name) ?? []).filter(({ stored }) => factKey(stored.sent, stored.sent.tag) === key);
    const covered = rows.some(({ entry }) => frontier !== undefined && entry <= frontier.entry);
    if (!covered || (frontier?.cut ?? 0) < state.through) {
      witness.blame(`settlement ${id} leaves ${key} out, which was answered before it began`);
    }
  }
}
