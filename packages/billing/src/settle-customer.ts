import { type CustomerRef, LogSnapshot } from "@farthing/metering";
import type { Clock } from "@farthing/money";
import type { AccountLog } from "./account-log.ts";
import type { PeriodRule } from "./calendar.ts";
import { baseStretches } from "./charge-window.ts";
import type { CollectTerms } from "./collect-rule.ts";
import type { Customers } from "./customer.ts";
import { noFrontier } from "./news-since.ts";
import { cutsOf, periodAt, periodsOf } from "./period-at.ts";
import { type RenderStores, renderSeal } from "./render-seal.ts";
import { type Frontier, hasFacts, type Seal, type Seals } from "./seal.ts";
import { SealChain } from "./seal-chain.ts";
import type { Settlement } from "./settlement.ts";
import type { Subscription, Subscriptions } from "./subscription.ts";
import { notesSince } from "./taken-notes.ts";
import { readTerms, type TermStores, type Terms } from "./terms.ts";

/** What sealing a customer needs. */
export interface SealStores extends RenderStores {
  readonly seals: Seals;
  readonly account: Pick<AccountLog, "recordsFrom">;
  readonly subscriptions: Pick<Subscriptions, "subscriptionsOf">;
  readonly customers: Pick<Customers, "customer">;
  readonly terms: TermStores;
  readonly clock: Clock;
}

/** The settlement that seals, and how long it lets a period wait after its end. Units: milliseconds. */
export type SealingSettlement = Pick<Settlement, "id" | "through" | "cutAt" | "createdAt" | "dryRun"> & {
  readonly graceMs?: number;
};

/** What a settlement made of a customer: nothing is sealed of one that nobody knows. */
export interface Settled {
  readonly seal: Seal | undefined;
  readonly account: Account;
}

/** How a customer is billed. */
interface Account {
  readonly known: boolean;
  readonly subscriptions: readonly Subscription[];
  readonly timezone: string;
  readonly terms: Terms;
  readonly collect: CollectTerms | undefined;
}

/**
 * Seals a customer for a settlement: reads its newest seal, then what it is billed by, then its log, and creates the next
 * seal. Who loses the number to another settlement starts again; a repeat answers the seal that is stored.
 */
export async function settleCustomer(
  stores: SealStores,
  customer: CustomerRef,
  settlement: SealingSettlement,
): Promise<Settled> {
  for (;;) {
    const chain = new SealChain(stores.seals, customer, await stores.seals.latestSeal(customer));
    const account = await accountOf(stores, customer);
    const stored = await chain.bySettlement(settlement.id, settlement.createdAt);
    if (stored !== undefined) return { seal: stored, account };
    const seal = await nextSeal(stores, { customer, chain, account, settlement });
    if (seal === undefined || settlement.dryRun) return { seal, account };
    if ((await stores.seals.appendSeal(seal)) === "sealed") return { seal, account };
  }
}

/** How a customer is billed, as of now. */
export async function accountOf(
  { customers, subscriptions, terms }: Pick<SealStores, "customers" | "subscriptions" | "terms">,
  ref: CustomerRef,
): Promise<Account> {
  const { merchant, customer } = ref;
  const [profile, all] = await Promise.all([
    customers.customer(merchant, customer),
    subscriptions.subscriptionsOf(merchant, customer),
  ]);
  const { timezone = "UTC", collect } = profile ?? {};
  const common = { known: profile !== undefined, subscriptions: all, timezone, collect };
  return { ...common, terms: await readTerms(terms, ref, profile) };
}

interface Sealing {
  readonly customer: CustomerRef;
  readonly chain: SealChain;
  readonly account: Account;
  readonly settlement: SealingSettlement;
}

/**
 * The seal that comes after a chain; undefined for a name that no customer has. Where nothing is new it is an empty one: so a
 * settlement that meets the customer again finds it, and never bills what came after its own totals.
 */
async function nextSeal(
  stores: SealStores,
  { customer, chain, account, settlement }: Sealing,
): Promise<Seal | undefined> {
  const { latest } = chain;
  const { subscriptions } = account;
  const timezone = (hasFacts(latest) ? latest : account).timezone;
  const last = latest?.frontier ?? noFrontier;
  const log = await LogSnapshot.of(stores.log, customer, latest?.readFrom ?? 1);
  const cut = Math.max(last.cut, cutOf(settlement, subscriptions, { timezone }));
  if (log.last === 0 && subscriptions.length === 0 && !account.known) return undefined;
  const { revision } = await stores.meters.currentMeters(customer.merchant);
  const meterRevision = Math.max(revision, latest?.meterRevision ?? 0);
  const sealedAt = stores.clock.now();
  const next: Frontier = { entry: log.last, cut };
  const taken = await notesSince(stores.account, customer, { latest });
  const { terms, collect } = account;
  const common = { customer, chain, next, meterRevision, subscriptions, timezone, taken, terms, collect };
  return await renderSeal({ ...stores, log }, { ...common, settlement: settlement.id, sealedAt });
}

/** Up to when a settlement bills a customer: its own end, or where its periods were cut last whose grace is over by then. */
export function cutOf(
  { through, cutAt, graceMs = 0 }: SealingSettlement,
  subscriptions: readonly Subscription[],
  zone: { readonly timezone: string },
): number {
  if (cutAt === "through") return through;
  const over = through - graceMs;
  return periodAt(over, periodZone(subscriptions, over, zone)).from;
}

/**
 * The stretches that a customer is billed by on schedule at an instant: its subscription's periods or the months of longer
 * ones, else months in its own zone.
 */
export function periodZone(
  subscriptions: readonly Subscription[],
  instantMs: number,
  zone: { readonly timezone: string },
): PeriodRule {
  return cutsOf(periodRuleAt(subscriptions, instantMs, zone));
}

/** The periods of a customer at an instant: those of its base subscription, else months in its own zone. */
export function periodRuleAt(
  subscriptions: readonly Subscription[],
  instantMs: number,
  { timezone }: { readonly timezone: string },
): PeriodRule {
  const window = baseStretches(subscriptions).find(({ from, to }) => from <= instantMs && instantMs < to);
  return window === undefined ? { interval: "month", timezone } : periodsOf(window.subscription);
}
