import type { CustomerRef } from "@farthing/metering";
import type { Clock } from "@farthing/money";
import type { Interval } from "@farthing/pricing";
import { chargeWindows } from "./charge-window.ts";
import type { Customers } from "./customer.ts";
import { noFrontier } from "./news-since.ts";
import { periodAt } from "./period-at.ts";
import { type RenderStores, renderSeal } from "./render-seal.ts";
import type { Frontier, Seal, Seals } from "./seal.ts";
import { SealChain } from "./seal-chain.ts";
import type { Settlement } from "./settlement.ts";
import type { Subscription } from "./subscription.ts";

/** What sealing a customer needs. */
export interface SealStores extends RenderStores {
  readonly seals: Seals;
  readonly customers: Customers;
  readonly clock: Clock;
}

/** The settlement that seals. */
export type SealingSettlement = Pick<Settlement, "id" | "through" | "cutAt" | "createdAt" | "dryRun">;

/**
 * Seals a customer for a settlement: reads its newest seal, then its log, and creates the next seal. Who loses the number
 * to another settlement starts again; a repeat answers the seal that is stored. Nothing comes back where nothing is new.
 */
export async function settleCustomer(
  stores: SealStores,
  customer: CustomerRef,
  settlement: SealingSettlement,
): Promise<Seal | undefined> {
  for (;;) {
    const chain = new SealChain(stores.seals, customer, await stores.seals.latestSeal(customer));
    const stored = await chain.bySettlement(settlement.id, settlement.createdAt);
    if (stored !== undefined) return stored;
    const profile = await stores.customers.customer(customer.merchant, customer.customer);
    const subscriptions = await stores.subscriptions.subscriptionsOf(customer.merchant, customer.customer);
    const timezone = profile?.timezone ?? "UTC";
    const last = chain.latest?.frontier ?? noFrontier;
    const next: Frontier = {
      entry: await stores.log.lastNumber(customer),
      cut: Math.max(last.cut, cutOf(settlement, subscriptions, { timezone: chain.latest?.timezone ?? timezone })),
    };
    if (next.entry === 0 && subscriptions.length === 0) return undefined;
    if (next.entry === last.entry && next.cut === last.cut) return undefined;
    const { revision: meterRevision } = await stores.meters.currentMeters(customer.merchant);
    const order = {
      customer,
      chain,
      next,
      meterRevision,
      timezone,
      settlement: settlement.id,
      sealedAt: stores.clock.now(),
    };
    const seal = await renderSeal(stores, order);
    if (settlement.dryRun || (await stores.seals.appendSeal(seal)) === "sealed") return seal;
  }
}

/** Up to when a settlement bills a customer: its own end, or the customer's last period end before it. */
function cutOf(
  { through, cutAt }: SealingSettlement,
  subscriptions: readonly Subscription[],
  zone: { readonly timezone: string },
): number {
  if (cutAt === "through") return through;
  return periodAt(through, periodZone(subscriptions, through, zone)).from;
}

/** The periods that a customer is billed by at an instant: its subscription's, else months in its own zone. */
export function periodZone(
  subscriptions: readonly Subscription[],
  instantMs: number,
  { timezone }: { readonly timezone: string },
): { readonly interval: Interval; readonly timezone: string } {
  const window = chargeWindows(subscriptions).find(({ from, to }) => from <= instantMs && instantMs < to);
  if (window === undefined) return { interval: "month", timezone };
  return { interval: window.subscription.interval, timezone: window.subscription.timezone };
}
