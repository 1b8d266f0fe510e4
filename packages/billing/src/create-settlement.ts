import type { CustomerId, Ids, MerchantId, Result } from "@farthing/money";
import { ok } from "@farthing/money";
import { dueBuckets } from "./customer.ts";
import { type SettlementDocument, settlementDocument } from "./documents.ts";
import { pushSettlement } from "./run-settlement.ts";
import type { SettlementStores } from "./settle-chunk.ts";
import type { Settlement } from "./settlement.ts";

/** What is asked of a settlement. Units: `through` in milliseconds. */
export interface SettlementBody {
  readonly through: number;
  readonly customers?: readonly CustomerId[] | undefined;
  readonly dryRun?: boolean | undefined;
}

/** Starts a settlement that bills every fact before `through`, of the customers named or of all. */
export async function createSettlement(
  stores: SettlementStores & { readonly ids: Ids },
  { merchant, body }: { readonly merchant: MerchantId; readonly body: SettlementBody },
): Promise<Result<SettlementDocument, never>> {
  const { through, customers, dryRun = false } = body;
  const named = customers === undefined ? {} : { customers: [...new Set(customers)].sort() };
  const common = {
    merchant,
    through,
    cutAt: "through",
    dryRun,
    status: "rolling",
    createdAt: stores.clock.now(),
  } as const;
  const settlement: Settlement = { ...common, id: `st_${stores.ids.unique()}`, ...named };
  await stores.settlements.createSettlement(settlement);
  await pushSettlement(stores, merchant, settlement.id);
  return ok(settlementDocument(settlement));
}

const duePerBucket = 20_000;
const customersPerChunk = 100;

/**
 * Starts a settlement for each merchant that has customers whose period is over, and pushes on those that stand still.
 * Keyed by merchant and hour: fired twice it starts one, fired late it does what was missed.
 */
export async function planSettlements(stores: SettlementStores): Promise<void> {
  const now = stores.clock.now();
  for (const settlement of await stores.settlements.unfinished()) {
    await pushSettlement(stores, settlement.merchant, settlement.id);
  }
  const due = new Map<MerchantId, CustomerId[]>();
  for (let bucket = 0; bucket < dueBuckets; bucket++) {
    for (const { merchant, customer } of await stores.customers.due(bucket, now, duePerBucket)) {
      due.set(merchant, [...(due.get(merchant) ?? []), customer]);
    }
  }
  for (const [merchant, customers] of due)
    await startPeriodSettlement(stores, { merchant, customers: customers.sort(), now });
}

async function startPeriodSettlement(
  stores: SettlementStores,
  {
    merchant,
    customers,
    now,
  }: { readonly merchant: MerchantId; readonly customers: readonly CustomerId[]; readonly now: number },
): Promise<void> {
  const id = `st_${new Date(now).toISOString().slice(0, 13).replaceAll(/\D/g, "")}`;
  if ((await stores.settlements.settlement(merchant, id)) !== undefined) return;
  const chunks = await storeChunks(stores, { merchant, id, customers });
  const common = { merchant, through: now, cutAt: "period", dryRun: false, status: "rolling", createdAt: now } as const;
  if ((await stores.settlements.createSettlement({ ...common, id, chunks })) === "created") {
    await pushSettlement(stores, merchant, id);
  }
}

/**
 * Stores customers in chunks, and an empty one behind the last; answers how many there are. What an earlier try or another
 * process stored stands, and its members are in no other chunk: who fell due between two tries changes neither.
 */
async function storeChunks(
  { settlements }: SettlementStores,
  {
    merchant,
    id,
    customers,
  }: { readonly merchant: MerchantId; readonly id: string; readonly customers: readonly CustomerId[] },
): Promise<number> {
  const waiting = [...customers];
  const placed = new Set<CustomerId>();
  let at = 0;
  for (let chunk = 0; ; chunk++) {
    const own: CustomerId[] = [];
    for (; own.length < customersPerChunk && at < waiting.length; at++) {
      const customer = waiting[at];
      if (customer !== undefined && !placed.has(customer)) own.push(customer);
    }
    await settlements.putChunk(merchant, id, chunk, own);
    const members = (await settlements.chunk(merchant, id, chunk)) ?? own;
    if (members.length === 0) return chunk;
    for (const customer of members) placed.add(customer);
    waiting.push(...own.filter((customer) => !placed.has(customer)));
  }
}
