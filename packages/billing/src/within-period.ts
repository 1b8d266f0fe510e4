import { type CustomerRef, hourMs, inParallel } from "@farthing/metering";
import type { CustomerId, MerchantId } from "@farthing/money";
import { type Decimal, roundToPicos } from "@farthing/money";
import { type ChargeWindow, inForceAt, plannedWindows } from "./charge-window.ts";
import { policyFrom } from "./collect-rule.ts";
import type { Customer } from "./customer.ts";
import { accountOf, cutOf, type SealingSettlement, type SealStores, settleCustomer } from "./settle-customer.ts";
import type { Settlements } from "./settlement.ts";

/** What billing within a period needs. */
export interface WithinStores extends SealStores {
  readonly settlements: Pick<Settlements, "putChunk" | "chunk">;
}

/** Customers of a chunk who are looked at every hour: those that wait are not sealed, the others are, through now. */
export interface WithinPeriod {
  readonly watched: ReadonlySet<CustomerId>;
  readonly waiting: ReadonlySet<CustomerId>;
}

interface Chunk {
  readonly merchant: MerchantId;
  readonly chunk: number;
  readonly customers: readonly CustomerId[];
}

const atOnce = 8;

/** The running balance that a customer is billed at within its period, by its own policy or its plan's. */
export function thresholdOf(
  { collect }: Pick<Customer, "collect">,
  plan: ChargeWindow["plan"] | undefined,
): Decimal | undefined {
  return (collect === undefined ? plan?.collect : policyFrom(collect))?.withinPeriodAt;
}

/** When a customer that is watched is looked at again. Units: milliseconds. */
export function nextLook(nowMs: number): number {
  return (Math.floor(nowMs / hourMs) + 1) * hourMs;
}

/**
 * Decides who of a chunk is billed within its period. Who has not reached its amount waits, and what is decided is stored
 * before anyone is sealed: so a chunk that is taken again seals the same customers, whatever came since.
 */
export async function decideWithin(
  stores: WithinStores,
  settlement: SealingSettlement,
  { merchant, chunk, customers }: Chunk,
): Promise<WithinPeriod> {
  if (settlement.cutAt !== "period") return { watched: new Set(), waiting: new Set() };
  const watched = new Set<CustomerId>();
  const below: CustomerId[] = [];
  await inParallel(atOnce, customers, async (customer) => {
    const threshold = await watchedAt(stores, { merchant, customer }, settlement);
    if (threshold === undefined) return;
    watched.add(customer);
    if (threshold.isOver || (await hasReached(stores, { merchant, customer }, settlement, threshold.amount))) return;
    below.push(customer);
  });
  if (watched.size === 0) return { watched, waiting: new Set() };
  const name = `${settlement.id}~waiting`;
  await stores.settlements.putChunk(merchant, name, chunk, below.sort());
  return { watched, waiting: new Set((await stores.settlements.chunk(merchant, name, chunk)) ?? below) };
}

/** The amount of a customer that is watched, and whether its period is over, which bills it anyway; undefined of others. */
async function watchedAt(stores: WithinStores, ref: CustomerRef, settlement: SealingSettlement) {
  const account = await accountOf(stores, ref);
  const windows = await plannedWindows(stores.plans, ref.merchant, account.subscriptions);
  const { through } = settlement;
  const plan = inForceAt(windows, through + 1)?.plan;
  const { collect } = account;
  const amount = thresholdOf(collect === undefined ? {} : { collect }, plan);
  if (amount === undefined) return undefined;
  const latest = await stores.seals.latestSeal(ref);
  const isOver =
    latest?.settlement === settlement.id || cutOf(settlement, account.subscriptions, account) > cutBefore(latest);
  return { amount, isOver };
}

function cutBefore(latest: { readonly frontier: { readonly cut: number } } | undefined): number {
  return latest?.frontier.cut ?? Number.NEGATIVE_INFINITY;
}

/** Whether a seal through now would ask for the amount or more. */
async function hasReached(
  stores: WithinStores,
  ref: CustomerRef,
  settlement: SealingSettlement,
  amount: Decimal,
): Promise<boolean> {
  const { seal } = await settleCustomer(stores, ref, { ...settlement, cutAt: "through", dryRun: true });
  return seal?.invoices.some(({ total }) => total >= roundToPicos(amount, "up")) ?? false;
}

/** How a settlement seals a customer: a period that is over at its end, and who is watched within it through now. */
export async function sealingOf<S extends SealingSettlement>(
  stores: SealStores,
  ref: CustomerRef,
  settlement: S,
  { watched }: WithinPeriod,
): Promise<S> {
  if (!watched.has(ref.customer)) return settlement;
  const account = await accountOf(stores, ref);
  const isOver = cutOf(settlement, account.subscriptions, account) > cutBefore(await stores.seals.latestSeal(ref));
  return isOver ? settlement : { ...settlement, cutAt: "through" };
}
