import { type CustomerRef, judge, type Statement, type TimeRange } from "@farthing/metering";
import { expectOk } from "@farthing/money";
import type { Plans } from "@farthing/pricing";
import { appendLeaf, emptyFrontier, frontierHead, leafHash, parseFrontier, serialiseFrontier } from "@farthing/proof";
import { plannedWindows } from "./charge-window.ts";
import { chargedBy, usedBy } from "./charged-by.ts";
import type { CollectTerms } from "./collect-rule.ts";
import { intersect, isEmpty } from "./coverage.ts";
import { type FactStores, statementsIn } from "./fact-reader.ts";
import { newStretches, nextReadFrom, noFrontier } from "./news-since.ts";
import type { Frontier, Seal } from "./seal.ts";
import type { SealChain } from "./seal-chain.ts";
import { invoicesOf } from "./seal-invoices.ts";
import { type RatingOrder, rateSeal } from "./seal-rating.ts";
import { settleTerms } from "./settle-terms.ts";
import type { Subscription } from "./subscription.ts";
import { carriesInto, noNotes, recordOfNotes, type TakenNotes } from "./taken-notes.ts";
import type { Terms } from "./terms.ts";
import { type WindowMove, windowMoves } from "./window-move.ts";

/** What rendering a seal reads. */
export interface RenderStores extends FactStores {
  readonly plans: Pick<Plans, "planAt">;
}

/** Which seal to render: the two frontiers, and what a settlement brings. Units: times in milliseconds. */
export interface SealOrder {
  readonly customer: CustomerRef;
  readonly chain: SealChain;
  readonly next: Frontier;
  readonly meterRevision: number;
  /** All subscriptions of the customer, as they were read for this seal. */
  readonly subscriptions: readonly Subscription[];
  /** The customer's zone; once facts of a customer are sealed, its seals keep it. */
  readonly timezone: string;
  /** What credit notes take off what it carries in; nothing where none is named. */
  readonly taken?: TakenNotes;
  /** The customer's coupons, grants and taxes, as they were read for this seal. */
  readonly terms?: Terms | undefined;
  /** The customer's own policy of asking for money. */
  readonly collect?: CollectTerms | undefined;
  readonly settlement: string;
  readonly sealedAt: number;
}

/**
 * Renders a seal from its two frontiers. Statements under a frontier never change, so the same order renders the same seal,
 * byte for byte.
 */
export async function renderSeal(stores: RenderStores, order: SealOrder): Promise<Seal> {
  const { customer, chain, next, taken = noNotes } = order;
  const { latest } = chain;
  const last = latest?.frontier ?? noFrontier;
  const entries = (await stores.log.entriesFrom(customer, latest?.readFrom ?? 1)).filter(
    ({ number }) => number <= next.entry,
  );
  const verdicts = await judge(stores.log, {
    customer,
    from: last.entry + 1,
    to: next.entry,
    standing: latest?.voids ?? [],
    struckBefore: (entry) => struckSince(chain, entry),
  });
  const rating = await ratingOrder(stores, order, { last, struck: verdicts.struck, entries });
  const carriesIn = carriesInto(latest?.carries ?? {}, taken);
  const rated = await rateSeal(stores, rating);
  const settled = await settleTerms(rating, rated.lines, order.terms);
  const lines = [...rated.lines, ...settled.lines];
  const billed = invoicesOf({ ...rated, lines }, { rating, carries: carriesIn });
  return {
    customer,
    number: rating.number,
    frontier: next,
    readFrom: nextReadFrom(entries, next),
    ...billed,
    ...recordOfNotes(taken),
    ...(order.collect === undefined ? {} : { collect: order.collect }),
    struck: verdicts.struck,
    voids: [...(latest?.voids ?? []), ...verdicts.voids],
    meterRevision: order.meterRevision,
    ...usedBy(order.subscriptions),
    timezone: rating.timezone,
    ...treeOf(
      latest,
      entries.filter(({ number }) => number > last.entry),
    ),
    settlement: order.settlement,
    sealedAt: order.sealedAt,
    ...(settled.terms === undefined ? {} : { terms: settled.terms }),
  };
}

async function ratingOrder(
  stores: RenderStores,
  { customer, chain, next, meterRevision, subscriptions, timezone, collect }: SealOrder,
  { last, struck, entries }: Pick<RatingOrder, "last" | "struck"> & { readonly entries: readonly Statement[] },
): Promise<RatingOrder> {
  const { latest } = chain;
  const windows = await plannedWindows(stores.plans, customer.merchant, subscriptions);
  const known = chargedBy(latest, subscriptions);
  const moves = windowMoves(await plannedWindows(stores.plans, customer.merchant, known), windows, last.cut);
  const fresh = newStretches(entries, { last, next, struck });
  return {
    customer,
    chain,
    number: (latest?.number ?? 0) + 1,
    last,
    next,
    meterRevision,
    windows,
    stretches: [...fresh, ...(await stretchesGained(stores, customer, moves))],
    timezone,
    moves,
    struck,
    collect,
  };
}

/** Where there are facts that a window charges for which were sealed without it. */
async function stretchesGained(
  stores: RenderStores,
  customer: CustomerRef,
  moves: readonly WindowMove[],
): Promise<readonly TimeRange[]> {
  const stretches: TimeRange[] = [];
  for (const gained of moves.flatMap((move) => move.gained)) {
    for (const { first, last } of await statementsIn(stores, customer, gained))
      stretches.push(intersect(gained, { from: first, to: last + 1 }));
  }
  return stretches.filter((stretch) => !isEmpty(stretch));
}

async function struckSince(chain: SealChain, entry: number): Promise<ReadonlySet<string>> {
  const seals = await chain.since({ time: Number.POSITIVE_INFINITY, entry });
  return new Set(seals.flatMap(({ struck }) => struck.map((fact) => `${fact.entry}/${fact.row}`)));
}

/** The log's Merkle tree at the new frontier. Source: RFC 6962, section 2.1; leaves are statement roots. */
function treeOf(latest: Seal | undefined, entries: readonly Statement[]): Pick<Seal, "tree" | "root"> {
  const before = latest === undefined ? emptyFrontier : expectOk(parseFrontier(Buffer.from(latest.tree, "base64url")));
  const after = entries.reduce((tree, { root }) => appendLeaf(tree, leafHash(Buffer.from(root, "hex"))), before);
  return {
    tree: Buffer.from(serialiseFrontier(after)).toString("base64url"),
    root: Buffer.from(frontierHead(after)).toString("hex"),
  };
}
