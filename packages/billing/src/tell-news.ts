import { inParallel } from "@farthing/metering";
import type { Clock } from "@farthing/money";
import { recordAnnouncement, settlementAnnouncement } from "./announce.ts";
import type { Announcement, Announcements } from "./announcement.ts";
import type { LiveStores } from "./live-invoice.ts";
import type { News, NewsDesk } from "./news.ts";
import type { Settlements } from "./settlement.ts";

const mostAtOnce = 2000;
const atOnce = 16;
/** A writer that has not written an hour after it noted so is dead. */
const abandonedMs = 3_600_000;

/** What telling news needs. */
export interface NewsStores extends LiveStores {
  readonly announcements: Announcements;
  readonly news: NewsDesk;
  readonly settlements: Pick<Settlements, "settlement">;
  readonly clock: Clock;
}

/**
 * Tells merchants what has been written since, and drops it then: whoever dies between the two tells it again, under the same
 * key. News of a write that has not come after an hour are dropped: who writes it later notes it anew.
 */
export async function tellNews(stores: NewsStores): Promise<void> {
  await inParallel(atOnce, await stores.news.news(mostAtOnce), (news) => tell(stores, news));
}

async function tell(stores: NewsStores, news: News): Promise<void> {
  const told = news.kind === "record" ? await ofRecord(stores, news) : await ofSettlement(stores, news);
  const isAbandoned = news.noticedAt < stores.clock.now() - abandonedMs;
  if (told === "not_yet" && !isAbandoned) return;
  if (typeof told === "object") await stores.announcements.announce([told]);
  await stores.news.dropNews(news);
}

type Told = Announcement | "nothing" | "not_yet";

async function ofRecord(stores: NewsStores, { customer, number }: News & { readonly kind: "record" }): Promise<Told> {
  const all = await stores.account.recordsFrom(customer, 1);
  const record = all.find((one) => one.number === number);
  if (record === undefined) return "not_yet";
  const seal = await stores.seals.seal(customer, record.invoice.seal);
  const invoice = seal?.invoices.find(({ currency }) => currency === record.invoice.currency);
  if (seal === undefined || invoice === undefined) throw new Error("a record of an invoice that is not there");
  return await recordAnnouncement(stores, { seal, invoice }, record, all);
}

async function ofSettlement(
  { settlements }: NewsStores,
  { merchant, settlement: id }: News & { readonly kind: "settlement" },
): Promise<Told> {
  const settlement = await settlements.settlement(merchant, id);
  if (settlement?.status !== "done") return settlement?.status === "failed" ? "nothing" : "not_yet";
  return settlement.dryRun ? "nothing" : settlementAnnouncement(settlement);
}
