import { asksFor, type FeeRule, feeOf, policyFrom } from "@farthing/billing";
import { noMoney, type Picos, picosFrom, roundToMinor, sum } from "@farthing/money";
import type { NamedPolicy } from "./policy-text.ts";

/** What one seal billed a customer in one currency. Units: `exact` in picos, `cut` in milliseconds. */
export interface BilledStep {
  readonly customer: string;
  readonly cut: number;
  readonly exact: Picos;
}

/** What a policy makes of a history. Units: picos; `share` in hundredths of a percent of what is invoiced. */
export interface PolicyOutcome {
  readonly name: string;
  readonly invoices: number;
  readonly invoiced: Picos;
  readonly fees: Picos;
  readonly share: bigint;
  /** What is billed and not asked for yet: its mean over the time of the history, and at its end. */
  readonly meanOutstanding: Picos;
  readonly outstanding: Picos;
}

/** Replays what was billed, in one currency, under another policy of asking for it. Nothing of it is lost: invoiced + outstanding = Σ exact. */
export function simulatePolicy(
  steps: readonly BilledStep[],
  { name, terms, endsPeriod }: NamedPolicy,
  fee: FeeRule,
): PolicyOutcome {
  const policy = terms === undefined ? undefined : policyFrom(terms);
  const balances = new Map<
    string,
    { readonly carry: Picos; readonly since: number | undefined; readonly at: number }
  >();
  const sorted = steps.toSorted((a, b) => a.cut - b.cut);
  const [first, last] = [sorted.at(0)?.cut ?? 0, sorted.at(-1)?.cut ?? 0];
  const made: Picos[] = [];
  // Money times milliseconds.
  let waited = 0n;
  for (const { customer, cut, exact } of sorted) {
    const before = balances.get(customer) ?? { carry: noMoney, since: undefined, at: cut };
    waited += before.carry * BigInt(cut - before.at);
    const balance = sum([before.carry, exact]);
    const due = roundToMinor(balance, fee.currency);
    const asks = due > 0n && asksFor(policy, { due, since: before.since, cut, isPeriodEnd: endsPeriod(cut) });
    if (asks) made.push(due);
    const carry = asks ? picosFrom(balance - due) : balance;
    const since = asks || carry <= 0n ? undefined : (before.since ?? cut);
    balances.set(customer, { carry, since, at: cut });
  }
  for (const { carry, at } of balances.values()) waited += carry * BigInt(last - at);
  const [invoiced, fees] = [sum(made), sum(made.map((total) => feeOf(total, fee)))];
  return {
    name,
    invoices: made.length,
    invoiced,
    fees,
    share: invoiced === noMoney ? 0n : (fees * 10_000n + invoiced / 2n) / invoiced,
    meanOutstanding: picosFrom(last === first ? 0n : waited / BigInt(last - first)),
    outstanding: sum([...balances.values()].map(({ carry }) => carry)),
  };
}
