import { noMoney, type Picos, sum, zero } from "@farthing/money";
import type { PlanContent } from "@farthing/pricing";
import type { Period } from "./calendar.ts";
import { carryOf } from "./carried-facts.ts";
import type { ChargeWindow } from "./charge-window.ts";
import { intersect } from "./coverage.ts";
import { type FactStores, type FactView, statementsIn } from "./fact-reader.ts";
import { flatLines } from "./flat-lines.ts";
import { type ChargedSoFar, usageLines } from "./line-draft.ts";
import { noFrontier } from "./news-since.ts";
import { periodFacts } from "./period-facts.ts";
import type { Seal, Seals } from "./seal.ts";
import { SealChain } from "./seal-chain.ts";
import type { RatingOrder } from "./seal-rating.ts";

/** What rating a sealed period anew reads. */
export interface AnewStores extends FactStores {
  readonly seals: Seals;
}

/** A period of a window that the customer's seals, of which `latest` is the newest, have closed. */
export interface ClosedPeriod {
  readonly chain: SealChain;
  readonly latest: Seal;
  readonly window: ChargeWindow;
  readonly period: Period;
}

const nothingCharged: ChargedSoFar = { charged: () => ({ quantity: zero, exact: noMoney }), linesOf: () => [] };

/** What a closed period was charged, and what it comes to under another content of its plan. Units: picos. */
export async function rateAnew(
  stores: AnewStores,
  at: ClosedPeriod,
  content: PlanContent,
): Promise<{ readonly billed: Picos; readonly simulated: Picos }> {
  const { chain, latest, period } = at;
  const window = { ...at.window, plan: { ...at.window.plan, ...content } };
  const order = orderOf(stores, { latest, window });
  const carry = await carryOf(stores, order);
  const view = await viewOf(stores, at, carry.first);
  const range = intersect(period, window);
  const facts = await periodFacts(stores, order, { view, touched: { window, period, range }, carry });
  const flats = flatLines(order, window).filter(({ key }) => key.periodFrom === period.from);
  const lines = [...usageLines(window, facts, nothingCharged), ...flats];
  const billed = chain.linesOf(window.key, period.from).map(({ chargedExact }) => chargedExact);
  return { billed: sum(billed), simulated: sum(lines.map(({ exact }) => exact)) };
}

/** The facts of a period, and those carried into it, as the seals cover them, by the meters that each billed with. */
async function viewOf(
  stores: AnewStores,
  { chain, latest, window, period }: ClosedPeriod,
  carriedFrom: number,
): Promise<FactView> {
  const { customer } = latest;
  const held = intersect(period, window);
  const from = Math.min(held.from, carriedFrom);
  const statements = await statementsIn(stores, customer, { from, to: held.to });
  const entry = Math.min(latest.frontier.entry, ...statements.map(({ number }) => number));
  const seals = await chain.since({ time: Math.min(period.from, from), entry });
  const steps = seals.map(({ number, frontier, meterRevision }) => ({ seal: number, frontier, meterRevision }));
  return { customer, steps, struck: seals.flatMap(({ struck }) => struck), statements };
}

/** A seal in place of all that there were. */
function orderOf(
  { seals }: AnewStores,
  { latest, window }: { readonly latest: Seal; readonly window: ChargeWindow },
): RatingOrder {
  return {
    customer: latest.customer,
    chain: new SealChain(seals, latest.customer, undefined),
    number: 1,
    last: noFrontier,
    next: latest.frontier,
    meterRevision: latest.meterRevision,
    windows: [window],
    stretches: [],
    timezone: latest.timezone,
    moves: [],
    struck: [],
  };
}
