import { noMoney, type Picos, sum, zero } from "@farthing/money";
import type { PlanContent } from "@farthing/pricing";
import type { Period } from "./calendar.ts";
import { carryOf } from "./carried-facts.ts";
import type { ChargeWindow } from "./charge-window.ts";
import { intersect, isEmpty } from "./coverage.ts";
import { type FactStores, type FactView, statementsIn } from "./fact-reader.ts";
import { flatLines } from "./flat-lines.ts";
import { type ChargedSoFar, usageLines } from "./line-draft.ts";
import { noFrontier } from "./news-since.ts";
import { periodFacts } from "./period-facts.ts";
import { phaseWindows } from "./plan-phases.ts";
import type { Seal, Seals } from "./seal.ts";
import { SealChain } from "./seal-chain.ts";
import type { RatingOrder } from "./seal-rating.ts";

/** What rating a sealed period anew reads. */
export interface AnewStores extends FactStores {
  readonly seals: Seals;
}

/** A period of a stretch that the customer's seals, of which `latest` is the newest, have closed. */
export interface ClosedPeriod {
  readonly chain: SealChain;
  readonly latest: Seal;
  /** The windows of the stretch, phase by phase. */
  readonly phases: readonly ChargeWindow[];
  readonly period: Period;
}

const nothingCharged: ChargedSoFar = { charged: () => ({ quantity: zero, exact: noMoney }), linesOf: () => [] };

/** What a closed period was charged, and what it comes to under another content of its plan. Units: picos. */
export async function rateAnew(
  stores: AnewStores,
  at: ClosedPeriod,
  content: PlanContent,
): Promise<{ readonly billed: Picos; readonly simulated: Picos }> {
  const { chain, phases, period } = at;
  const simulated: Picos[] = [];
  for (const window of proposedWindows(phases, content)) {
    const held = intersect(window, period);
    if (!isEmpty(held)) simulated.push(await rateWindow(stores, at, window));
  }
  // After the windows, which have read the chain as far back as the period.
  const billed = phases.flatMap(({ key }) => chain.linesOf(key, period.from)).map(({ chargedExact }) => chargedExact);
  return { billed: sum(billed), simulated: sum(simulated) };
}

/** The windows of a stretch, as a plan of another content cuts it. */
function proposedWindows(phases: readonly ChargeWindow[], content: PlanContent): readonly ChargeWindow[] {
  const [first, last] = [phases[0], phases.at(-1)];
  if (first === undefined || last === undefined) return [];
  const { phases: _, ...plan } = first.plan;
  const fees = { from: first.fees.from, to: last.fees.to };
  const stretch = { key: first.stretch, subscription: first.subscription, from: first.from, to: last.to, fees };
  return phaseWindows(stretch, { ...plan, ...content });
}

async function rateWindow(stores: AnewStores, at: ClosedPeriod, window: ChargeWindow): Promise<Picos> {
  const { latest, period } = at;
  const order = orderOf(stores, { latest, window });
  const carry = await carryOf(stores, order);
  const view = await viewOf(stores, at, { window, carriedFrom: carry.first });
  const range = intersect(period, window);
  const facts = await periodFacts(stores, order, { view, touched: { window, period, range }, carry });
  const flats = flatLines(order, window).filter(({ key }) => key.periodFrom === period.from);
  const lines = [...usageLines(window, facts, nothingCharged), ...flats];
  return sum(lines.map(({ exact }) => exact));
}

/** The facts of a period, and those carried into it, as the seals cover them, by the meters that each billed with. */
async function viewOf(
  stores: AnewStores,
  { chain, latest, period }: ClosedPeriod,
  { window, carriedFrom }: { readonly window: ChargeWindow; readonly carriedFrom: number },
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
