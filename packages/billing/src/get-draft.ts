import { DraftLog, type Hour, hourOf, hourPlus, type NewsStores, readNews } from "@farthing/metering";
import { type CustomerId, err, formatMoney, type MerchantId, noMoney, ok, type Result } from "@farthing/money";
import { invoiceDocument, timeText } from "./documents.ts";
import { invoiceId } from "./invoice-id.ts";
import type { NotFound } from "./read-customers.ts";
import type { Seal, SealedInvoice } from "./seal.ts";
import { type SealStores, settleCustomer } from "./settle-customer.ts";

/** What drafting a customer's invoices reads. */
export interface DraftStores extends SealStores {
  readonly journal: NewsStores;
}

/** Whose invoices to draft, and through when they would bill, by default now. Units: milliseconds. */
export interface DraftQuery {
  readonly merchant: MerchantId;
  readonly id: CustomerId;
  readonly through?: number | undefined;
}

/**
 * Shows the invoices that a settlement would seal now, line by line, one a currency: every event that was accepted counts,
 * rolled or not. Nothing is stored.
 *
 * Errors: `not_found`.
 */
export async function getDraft(stores: DraftStores, { merchant, id, through }: DraftQuery) {
  const customer = { merchant, customer: id };
  const now = stores.clock.now();
  const news = await readNews(stores.journal, {
    merchant,
    customer: id,
    from: 0 as Hour,
    to: hourPlus(hourOf(now), 2),
  });
  // Who was only seen in events is a customer once they are rolled.
  const isKnown = news.has(id) || (await stores.customers.customer(merchant, id)) !== undefined;
  if (!isKnown) return err({ code: "not_found" } as const);
  const [log, meters] = await Promise.all([DraftLog.of(stores.log, customer), stores.meters.currentMeters(merchant)]);
  await log.roll(news.get(id) ?? new Map(), meters);
  const settlement = { id: "draft", through: through ?? now, cutAt: "through", createdAt: now, dryRun: true } as const;
  const { seal } = await settleCustomer({ ...stores, log }, customer, settlement);
  const invoices = seal === undefined ? [] : seal.invoices.map((invoice) => draftDocument(seal, invoice));
  return ok({ customer: id, asOf: timeText(now), invoices }) satisfies Result<unknown, NotFound>;
}

/** A draft as the API shows it: an invoice that asks for nothing yet, and what it would become. */
function draftDocument(seal: Seal, invoice: SealedInvoice) {
  const { currency } = invoice;
  const id = invoiceId({ customer: seal.customer.customer, seal: seal.number, currency }).replace(/^inv_/, "draft_");
  const due = formatMoney(noMoney, currency);
  const { settlement: _, ...shown } = invoiceDocument(seal, invoice);
  return { ...shown, id, status: "draft" as const, becomes: invoice.status, due, history: [] };
}
