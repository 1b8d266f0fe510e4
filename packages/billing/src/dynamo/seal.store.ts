import type { CustomerRef } from "@farthing/metering";
import { type Chunks, itemBytes, spill, squeeze, unspill, unsqueeze } from "@farthing/metering/blobs";
import type { CustomerId, MerchantId } from "@farthing/money";
import type { Seal, Seals } from "../seal.ts";
import { sealEntity } from "./seal.entity.ts";
import { decodeSeal, encodeSeal } from "./seal-body.ts";
import { type DynamoTable, plainly, strongly, stronglyAll, took } from "./table.ts";

/**
 * Chains of seals over the Log table. A seal is one conditional write; a body too large for an item is stored in chunks
 * under its digest before the seal that names it, and a seal that is never written leaves chunks that nothing names.
 */
export function dynamoSeals(log: DynamoTable, chunks: Chunks): Seals {
  const entity = sealEntity(log);
  return {
    async latestSeal(customer) {
      const newest = { ...strongly, order: "desc", limit: 1 } as const;
      const { data } = await entity.query.primary(keyOf(customer)).go(newest);
      return data[0] === undefined ? undefined : await sealOf(chunks, data[0]);
    },
    async seal(customer, number) {
      const { data } = await entity.get({ ...keyOf(customer), number }).go(strongly);
      return data === null ? undefined : await sealOf(chunks, data);
    },
    async seals(customer) {
      const { data } = await entity.query.primary(keyOf(customer)).go(stronglyAll);
      return await Promise.all(data.map((item) => sealOf(chunks, item)));
    },
    async appendSeal(seal) {
      const { customer, number } = seal;
      const create = entity.create({ ...keyOf(customer), number, ...(await storeBody(chunks, seal)) });
      return (await took(create.go(plainly))) ? "sealed" : "taken";
    },
  };
}

interface SealItem {
  readonly merchant: MerchantId;
  readonly customer: CustomerId;
  readonly number: number;
  readonly body?: Uint8Array;
  readonly spilledTo?: string;
  readonly spilledParts?: number;
}

function keyOf({ merchant, customer }: CustomerRef): CustomerRef {
  return { merchant, customer };
}

async function storeBody(chunks: Chunks, seal: Seal) {
  const body = squeeze(encodeSeal(seal));
  if (body.byteLength <= itemBytes) return { body };
  const { key, parts } = await spill(chunks, seal.customer, body);
  return { spilledTo: key, spilledParts: parts };
}

async function sealOf(chunks: Chunks, { merchant, customer, number, ...item }: SealItem): Promise<Seal> {
  if (item.body !== undefined) return decodeSeal(unsqueeze(item.body));
  const { spilledTo: key, spilledParts: parts } = item;
  if (key === undefined || parts === undefined) throw new Error(`seal ${number} of ${customer} has no body`);
  return decodeSeal(unsqueeze(await unspill(chunks, { merchant, customer }, { key, parts })));
}
