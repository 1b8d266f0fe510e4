import { type CustomerId, type MerchantId, ok, type Result } from "@farthing/money";
import type { VoidFact } from "./event.ts";
import { aheadMs } from "./parse-events.ts";
import { type FactStores, storeFacts } from "./store-facts.ts";

/** Which identity no longer counts. Units: `time` in milliseconds; it only says where to look first. */
export interface VoidBody {
  readonly id: string;
  readonly customer: CustomerId;
  readonly source?: string | undefined;
  readonly time?: number | undefined;
  readonly reason?: string | undefined;
}

/** What was voided. */
export interface VoidAnswer {
  readonly id: string;
  readonly customer: CustomerId;
  readonly source?: string;
  readonly receivedAt: string;
}

/** Stores a void: from now on its identity counts nowhere, wherever its copies lie. The same again changes nothing. */
export async function voidEvent(
  stores: FactStores,
  {
    merchant,
    body,
    receivedAt,
  }: { readonly merchant: MerchantId; readonly body: VoidBody; readonly receivedAt: number },
): Promise<Result<VoidAnswer, never>> {
  const stored = await storeFacts(stores, { merchant, facts: [voidFactOf(body, receivedAt)], receivedAt });
  if (!stored.ok) throw new Error("one fact lies in one shard-hour");
  const { id, customer, source } = body;
  const named = { id, customer, ...(source === undefined ? {} : { source }) };
  return ok({ ...named, receivedAt: new Date(receivedAt).toISOString() });
}

/** The fact that a void makes. Units: `receivedAt` in milliseconds. */
export function voidFactOf({ id, customer, source, time, reason }: VoidBody, receivedAt: number): VoidFact {
  // In an hour to come, where no event can lie, it would take effect only then.
  const at = time === undefined || time > receivedAt + aheadMs ? receivedAt : time;
  return { kind: "void", id, customer, source, time: at, serverTime: at !== time, reason };
}
