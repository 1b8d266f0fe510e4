import { rollClosedHours, rollMarked, rollOpenHours, type ShardRollStores, shardsEver } from "@farthing/metering";
import type { CustomerId, MerchantId } from "@farthing/money";
import { postSettlement } from "./post-invoices.ts";
import { type SettlementStores, settleChunk, settlementOf } from "./settle-chunk.ts";
import type { Settlement } from "./settlement.ts";
import { afterDone, beforeDone } from "./settlement-done.ts";
import { mergeTotals } from "./settlement-totals.ts";
import { writeCharges } from "./write-charges.ts";

const customersPerChunk = 100;

/**
 * Takes a settlement's next step, if it is due: when every shard is rolled, sends the customers in chunks to be sealed; when
 * every chunk is, adds up and closes it. May run twice at once, and again at any time.
 *
 * Source: the protocol's rule 7 (docs/metering.md).
 */
export async function advanceSettlement(stores: SettlementStores, merchant: MerchantId, id: string): Promise<void> {
  const settlement = await settlementOf(stores, merchant, id);
  if (settlement.status === "rolling" && (await shardsToRoll(stores, settlement)).length === 0) {
    const chunks = await sendChunks(stores, settlement);
    const settling = { ...settlement, status: "settling", chunks } as const;
    if ((await stores.settlements.advance(settling, "rolling")) === "advanced") await closeIfDone(stores, settling);
  }
  if (settlement.status === "settling") await closeIfDone(stores, settlement);
}

/** Sends what a settlement still waits for, as it begins and again where messages were lost. */
export async function pushSettlement(stores: SettlementStores, merchant: MerchantId, id: string): Promise<void> {
  const settlement = await settlementOf(stores, merchant, id);
  if (settlement.status === "rolling") {
    for (const shard of await shardsToRoll(stores, settlement)) await stores.queue.askToRoll(merchant, id, shard);
  }
  if (settlement.status === "settling") {
    const done = new Set((await stores.settlements.chunkRecords(merchant, id)).map(({ chunk }) => chunk));
    for (let chunk = 0; chunk < (settlement.chunks ?? 0); chunk++) {
      if (!done.has(chunk)) await stores.queue.askToSettle(merchant, id, chunk);
    }
  }
  await stores.queue.askToAdvance(merchant, id);
}

async function shardsToRoll(
  { rolls, settlements }: SettlementStores,
  settlement: Settlement,
): Promise<readonly number[]> {
  const plan = await rolls.plans.shardPlan(settlement.merchant, { fresh: true });
  const rolled = new Set(await settlements.shardsRolled(settlement.merchant, settlement.id));
  return shardsEver(plan).flatMap(({ shard }) => (rolled.has(shard) ? [] : [shard]));
}

/** Rolls all that a shard has for a settlement: closed hours, marked bundles, and what open hours hold so far. */
export async function rollForSettlement(
  stores: SettlementStores,
  { merchant, id, shard }: { readonly merchant: MerchantId; readonly id: string; readonly shard: number },
): Promise<void> {
  await rollEverything(stores.rolls, merchant, shard);
  await stores.settlements.noteShardRolled(merchant, id, shard);
  await stores.queue.askToAdvance(merchant, id);
}

/** Rolls everything that a shard holds as of now. */
export async function rollEverything(rolls: ShardRollStores, merchant: MerchantId, shard: number): Promise<void> {
  await rollClosedHours(rolls, { merchant, shard });
  await rollMarked(rolls, { merchant, shard });
  await rollOpenHours(rolls, { merchant, shard });
}

/**
 * Stores each chunk before it is sent, and an empty one behind the last. Whatever an earlier try or another process stored
 * is sent as it is, so that chunks never overlap and all agree on how many there are.
 */
async function sendChunks(
  { settlements, queue, customers }: SettlementStores,
  settlement: Settlement,
): Promise<number> {
  const { merchant, id } = settlement;
  let after: CustomerId | undefined;
  for (let chunk = 0; ; chunk++) {
    if (chunk === settlement.chunks) return chunk;
    let members = await settlements.chunk(merchant, id, chunk);
    if (members === undefined) {
      const next = await nextCustomers(customers, settlement, { after, chunk });
      await settlements.putChunk(merchant, id, chunk, next);
      members = (await settlements.chunk(merchant, id, chunk)) ?? next;
    }
    if (members.length === 0) return chunk;
    await queue.askToSettle(merchant, id, chunk);
    after = members.at(-1);
  }
}

async function nextCustomers(
  customers: SettlementStores["customers"],
  { merchant, customers: named }: Settlement,
  { after, chunk }: { readonly after: CustomerId | undefined; readonly chunk: number },
): Promise<readonly CustomerId[]> {
  if (named !== undefined) return named.slice(chunk * customersPerChunk, (chunk + 1) * customersPerChunk);
  const page = { limit: customersPerChunk, ...(after === undefined ? {} : { after }) };
  return (await customers.customers(merchant, page)).customers.map(({ id }) => id);
}

async function closeIfDone(stores: SettlementStores, settlement: Settlement): Promise<void> {
  const { merchant, id, chunks = 0 } = settlement;
  const records = await stores.settlements.chunkRecords(merchant, id);
  if (records.length < chunks) return;
  const unposted = settlement.dryRun ? [] : await postSettlement(stores, { ...settlement, chunks });
  for (const chunk of unposted) await stores.queue.askToSettle(merchant, id, chunk);
  if (unposted.length > 0) return;
  const done: Settlement = {
    ...settlement,
    status: "done",
    finishedAt: stores.clock.now(),
    customerCount: records.reduce((sum, { customers }) => sum + customers, 0),
    invoiceCount: records.reduce((sum, { invoices }) => sum + invoices, 0),
    totals: mergeTotals(records.map(({ totals }) => totals)),
  };
  await beforeDone(stores, done);
  if ((await stores.settlements.advance(done, "settling")) === "advanced") await afterDone(stores, done);
}

/** A step that a message asks for. */
export type SettlementStep = { readonly merchant: MerchantId; readonly settlement: string } & (
  | { readonly ask: "advance" }
  | { readonly ask: "roll"; readonly shard: number }
  | { readonly ask: "settle"; readonly chunk: number }
  | { readonly ask: "write"; readonly customer: CustomerId; readonly seal: number }
);

/** Takes the step that a message asks for; may be taken again. */
export async function takeStep(stores: SettlementStores, step: SettlementStep): Promise<void> {
  const { merchant, settlement: id } = step;
  if (step.ask === "roll") return await rollForSettlement(stores, { merchant, id, shard: step.shard });
  if (step.ask === "settle") return await settleChunk(stores, { merchant, id, chunk: step.chunk });
  if (step.ask === "write")
    return await writeCharges(stores, { customer: { merchant, customer: step.customer }, seal: step.seal });
  await advanceSettlement(stores, merchant, id);
}
