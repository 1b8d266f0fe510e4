import {
  type BackfillClosed,
  type BackfillRef,
  type Backfills,
  backfillClosed,
  DraftLog,
  type Hour,
  hourOf,
  hourPlus,
  type News,
  type NewsStores,
  readNews,
  type StagedCustomer,
  type Staging,
  stagedCustomers,
} from "@farthing/metering";
import { err, type MerchantId, ok, type Result } from "@farthing/money";
import { type BackfillChange, changeOf } from "./backfill-change.ts";
import type { Listed, ListPage, NotFound } from "./read-customers.ts";
import { type SealStores, settleCustomer } from "./settle-customer.ts";

/** What previewing a backfill reads. */
export interface PreviewStores extends SealStores {
  readonly journal: NewsStores;
  readonly backfills: Backfills;
  readonly staging: Staging;
}

/** Which backfill, and through when its invoices would bill, by default now. Units: milliseconds. */
export interface PreviewQuery extends BackfillRef, ListPage {
  readonly through?: number | undefined;
}

/**
 * Tells what an open backfill would change, customer by customer: what the next invoices come to without it and with it, by
 * trying the roll of its events and the seal after it. Exact as of now: what arrives before the commit counts too.
 *
 * Errors, in this order: `not_found`, `backfill_closed`.
 */
export async function previewBackfill(
  stores: PreviewStores,
  { merchant, name, through, limit, after }: PreviewQuery,
): Promise<Result<Listed<BackfillChange>, NotFound | BackfillClosed>> {
  const found = await stores.backfills.backfill({ merchant, name });
  if (found === undefined) return err({ code: "not_found" });
  if (found.status !== "open") return err(backfillClosed(found));
  const { staging, journal } = stores;
  const page = await stagedCustomers({ staging, plans: journal.plans }, { merchant, name }, { limit, after });
  const now = stores.clock.now();
  const news = await readNews(journal, { merchant, from: 0 as Hour, to: hourPlus(hourOf(now), 2) });
  const items: BackfillChange[] = [];
  for (const one of page.customers)
    items.push(await previewCustomer(stores, merchant, { ...one, news, through: through ?? now, now }));
  return ok({ items, ...(page.next === undefined ? {} : { next: page.next }) });
}

interface CustomerPreview extends StagedCustomer {
  readonly news: News;
  readonly through: number;
  readonly now: number;
}

async function previewCustomer(
  stores: PreviewStores,
  merchant: MerchantId,
  { customer, rows, news, through, now }: CustomerPreview,
): Promise<BackfillChange> {
  const ref = { merchant, customer };
  const meters = await stores.meters.currentMeters(merchant);
  const without = await DraftLog.of(stores.log, ref);
  await without.roll(news.get(customer) ?? new Map(), meters);
  const filled = await DraftLog.of(without, ref);
  for (const hours of rows) await filled.roll(hours, meters);
  const settlement = { id: "preview", through, cutAt: "through", createdAt: now, dryRun: true } as const;
  const before = await settleCustomer({ ...stores, log: without }, ref, settlement);
  const after = await settleCustomer({ ...stores, log: filled }, ref, settlement);
  const added = await filled.entriesFrom(ref, (await without.lastNumber()) + 1);
  return changeOf(customer, { before: before.seal, after: after.seal, added });
}
