import type { Seal, Settlement } from "@farthing/billing";
import { answeredFacts, factKey } from "./answered.ts";
import type { Blame } from "./check-answers.ts";
import type { Account, Evidence } from "./evidence.ts";
import type { Run } from "./run-story.ts";

/** Settlements that are done have sealed whom they were to, up to where they were to, with what was answered before. */
export function checkSettlements(run: Run, evidence: Evidence, blame: Blame): void {
  const { accounts, settlements } = evidence;
  for (const settlement of settlements) {
    const name = `settlement ${settlement.id}`;
    const seals = accounts.flatMap((account) => sealsOf(account, settlement, (text) => blame(`${name}: ${text}`)));
    if (settlement.status !== "done") continue;
    for (const customer of settlement.customers ?? []) {
      if (wasKnown(run, customer, settlement.createdAt) && !seals.some((seal) => seal.customer.customer === customer))
        blame(`${name} leaves out ${customer}`);
    }
    checkTotals(settlement, seals, (text) => blame(`${name}: ${text}`));
  }
  for (const account of accounts) checkCovers(run, account, { settlements, blame });
}

/** Whether a customer was put, or had an event, before a moment. */
function wasKnown({ happened }: Run, customer: string, at: number): boolean {
  if (happened.some(({ deed, at: when }) => when < at && deed.do === "customer" && deed.customer === customer))
    return true;
  return [...answeredFacts(happened).values()].some(({ fact, at: when }) => when < at && fact.customer === customer);
}

function sealsOf({ customer, seals }: Account, settlement: Settlement, blame: Blame): readonly Seal[] {
  const own = seals.filter((seal) => seal.settlement === settlement.id);
  if (own.length > 1) blame(`${customer} is sealed ${own.length} times`);
  for (const { number, frontier } of own) {
    const last = seals.find((seal) => seal.number === number - 1)?.frontier;
    const least = last?.cut ?? Number.NEGATIVE_INFINITY;
    if (frontier.entry < (last?.entry ?? 0) || frontier.cut < least) blame(`the seal of ${customer} goes back`);
    if (settlement.cutAt === "through" && frontier.cut !== Math.max(least, settlement.through))
      blame(`${customer} is sealed up to ${frontier.cut}`);
    if (frontier.cut > Math.max(least, settlement.through)) blame(`${customer} is sealed too far`);
  }
  return own;
}

/** What was answered before a settlement began is under the frontiers of the seals that it made. */
function checkCovers(
  { happened }: Run,
  { customer, rows, seals }: Account,
  { settlements, blame }: { readonly settlements: Evidence["settlements"]; readonly blame: Blame },
): void {
  const entries = new Map<string, number>();
  for (const { entry, answered } of rows) {
    const key = factKey(answered);
    entries.set(key, Math.min(entry, entries.get(key) ?? entry));
  }
  const facts = [...answeredFacts(happened)].filter(([, { fact }]) => fact.customer === customer);
  for (const { settlement, frontier, number, sealedAt } of seals) {
    const { createdAt = 0 } = settlements.find(({ id }) => id === settlement) ?? {};
    for (const [key, { at }] of facts) {
      const entry = entries.get(key) ?? Number.POSITIVE_INFINITY;
      if (at < createdAt && entry > frontier.entry) blame(`seal ${number} of ${customer} leaves out ${key}`);
      if (at > sealedAt && entry <= frontier.entry) blame(`seal ${number} of ${customer} holds ${key} too early`);
    }
  }
}

function checkTotals({ totals = [], invoiceCount }: Settlement, seals: readonly Seal[], blame: Blame): void {
  const invoices = seals.flatMap((seal) => seal.invoices);
  if (invoiceCount !== invoices.length) blame(`it counts ${invoiceCount} invoices, there are ${invoices.length}`);
  const byCurrency = Map.groupBy(invoices, ({ currency }) => currency);
  if (totals.length !== byCurrency.size) blame("its totals are of other currencies");
  for (const { currency, exact, invoiced, carried } of totals) {
    const own = byCurrency.get(currency) ?? [];
    const sum = (amounts: readonly bigint[]) => amounts.reduce((all, amount) => all + amount, 0n);
    const sums = [
      sum(own.map((invoice) => invoice.exact)),
      sum(own.map(({ total }) => total)),
      sum(own.map(({ carriedOut, carriedIn }) => carriedOut - carriedIn)),
    ];
    if (exact !== sums[0] || invoiced !== sums[1] || carried !== sums[2])
      blame(`it totals ${exact} ${currency}, ${invoiced} and ${carried}, not ${sums.join(", ")}`);
  }
}
