import { type CustomerRef, hourMs, inParallel, keptMeters, type ShardRollStores } from "@farthing/metering";
import type { CustomerId, MerchantId } from "@farthing/money";
import { keptPlans } from "@farthing/pricing";
import { announceSealed } from "./announce.ts";
import type { Announcements } from "./announcement.ts";
import type { ChargeIndexes } from "./charge-index.ts";
import type { Customers } from "./customer.ts";
import { invoicesToNumber, type NumberStores, numberInvoices } from "./number-invoices.ts";
import { periodAt } from "./period-at.ts";
import { type PostingStores, postSeals } from "./post-invoices.ts";
import type { Seal } from "./seal.ts";
import { periodZone, type SealingSettlement, type SealStores, settleCustomer } from "./settle-customer.ts";
import type {
  ChunkRecord,
  InvoiceEntry,
  InvoiceIndex,
  Settlement,
  SettlementQueue,
  Settlements,
} from "./settlement.ts";
import type { DoneStores } from "./settlement-done.ts";
import { totalsOf } from "./settlement-totals.ts";
import type { Subscriptions } from "./subscription.ts";
import { decideWithin, nextLook, sealingOf, type WithinPeriod } from "./within-period.ts";
import { mayGrowDeep } from "./write-charges.ts";

/** What running a settlement needs. */
export interface SettlementStores extends SealStores, NumberStores, PostingStores {
  readonly customers: Customers;
  readonly subscriptions: Subscriptions;
  readonly rolls: ShardRollStores;
  readonly settlements: Settlements;
  readonly invoices: InvoiceIndex;
  readonly queue: SettlementQueue;
  readonly indexes: ChargeIndexes;
  readonly announcements: Announcements;
  /** Hears of settlements that are done, where their invoices are collected. */
  readonly collecting?: DoneStores;
}

/** The same with what never changes kept for the length of a chunk. */
type ChunkStores = Omit<SettlementStores, "plans"> & Pick<SealStores, "plans">;

const customersAtOnce = 8;

/** A settlement that a message names. Errors: throws where there is none. */
export async function settlementOf(
  { settlements }: SettlementStores,
  merchant: MerchantId,
  id: string,
): Promise<Settlement> {
  const settlement = await settlements.settlement(merchant, id);
  if (settlement === undefined) throw new Error("a settlement that is not there");
  return settlement;
}

/** What became of one customer of a chunk: its seal, if it has one, and when the next is due. Units: milliseconds. */
interface SettledCustomer {
  readonly customer: CustomerId;
  readonly seal: Seal | undefined;
  readonly dueAt: number;
}

/** Seals the customers of one chunk, notes their invoices and next due dates, numbers and posts the invoices, tells of them, and then creates the chunk's record. */
export async function settleChunk(
  stores: SettlementStores,
  { merchant, id, chunk }: { readonly merchant: MerchantId; readonly id: string; readonly chunk: number },
): Promise<void> {
  const settlement = await settlementOf(stores, merchant, id);
  const customers = await stores.settlements.chunk(merchant, id, chunk);
  if (customers === undefined) throw new Error("a chunk of a settlement that is not there");
  const settled: SettledCustomer[] = [];
  const { graceHours = 0 } = await stores.sellers.terms(merchant);
  const sealing = { ...settlement, graceMs: graceHours * hourMs };
  const kept = { ...stores, meters: keptMeters(stores.meters), plans: keptPlans(stores.plans) };
  const within = await decideWithin(kept, sealing, { merchant, chunk, customers });
  await inParallel(customersAtOnce, customers, async (customer) => {
    settled.push(await settleOne(kept, { merchant, customer }, { settlement: sealing, within }));
  });
  const seals = settled.flatMap(({ seal }) => (seal === undefined ? [] : [seal]));
  // Before the record, so that a settlement that is done has numbered, posted and told of all of its invoices.
  if (!settlement.dryRun) {
    await stores.invoices.putInvoices(seals.flatMap(invoiceEntries));
    await stores.customers.setDue(merchant, settled);
    await numberInvoices(stores, merchant, invoicesToNumber(seals));
    await postSeals(stores, { merchant, id, chunk }, seals);
    await announceSealed(stores, seals);
  }
  await stores.settlements.recordChunk(merchant, id, recordOf(chunk, customers.length, seals));
  await stores.queue.askToAdvance(merchant, id);
}

async function settleOne(
  stores: ChunkStores,
  { merchant, customer }: CustomerRef,
  {
    settlement,
    within,
  }: { readonly settlement: SealingSettlement & { graceMs: number }; readonly within: WithinPeriod },
): Promise<SettledCustomer> {
  const now = stores.clock.now();
  if (within.waiting.has(customer)) return { customer, seal: undefined, dueAt: nextLook(now) };
  const sealing = await sealingOf(stores, { merchant, customer }, settlement, within);
  const { seal, account } = await settleCustomer(stores, { merchant, customer }, sealing);
  if (!settlement.dryRun && seal !== undefined && mayGrowDeep(seal))
    await stores.queue.askToWrite(seal.customer, settlement.id, seal.number);
  // The period that is not over, or whose grace is not.
  const at = Math.max(settlement.through, now) - settlement.graceMs;
  const over = periodAt(at, periodZone(account.subscriptions, at, account)).to + settlement.graceMs;
  return { customer, seal, dueAt: within.watched.has(customer) ? Math.min(over, nextLook(now)) : over };
}

function invoiceEntries({ customer, number, invoices, settlement, sealedAt }: Seal): readonly InvoiceEntry[] {
  return invoices.map(({ currency }) => ({ ...customer, settlement, seal: number, currency, sealedAt }));
}

function recordOf(chunk: number, customers: number, seals: readonly Seal[]): ChunkRecord {
  const invoices = seals.flatMap((seal) => seal.invoices);
  return { chunk, customers, invoices: invoices.length, totals: totalsOf(invoices) };
}
