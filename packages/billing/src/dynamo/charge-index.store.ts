import { type Chunks, itemBytes, spill, squeeze, unspill, unsqueeze } from "@farthing/metering/blobs";
import type { ChargedInvoice, ChargeIndex, ChargeIndexes } from "../charge-index.ts";
import { chargeIndexEntity } from "./charge-index.entity.ts";
import { type DynamoTable, plainly, strongly } from "./table.ts";

/** Which invoices have their charges written, over the Log table; an index too large for an item lies in chunks. */
export function dynamoChargeIndexes(log: DynamoTable, chunks: Chunks): ChargeIndexes {
  const entity = chargeIndexEntity(log);
  return {
    async chargeIndex(invoice) {
      const { data } = await entity.get(keyOf(invoice)).go(strongly);
      if (data === null) return undefined;
      const { body, spilledTo: key, spilledParts: parts } = data;
      if (body !== undefined) return read(body);
      if (key === undefined || parts === undefined) throw new Error("an index of charges has no body");
      return read(await unspill(chunks, invoice.customer, { key, parts }));
    },
    async putChargeIndex(invoice, index) {
      await entity.put({ ...keyOf(invoice), ...(await storeBody(chunks, invoice, index)) }).go(plainly);
    },
  };
}

function keyOf({ customer: { merchant, customer }, seal, currency }: ChargedInvoice) {
  return { merchant, customer, seal, currency };
}

async function storeBody(chunks: Chunks, { customer }: ChargedInvoice, index: ChargeIndex) {
  const body = squeeze(JSON.stringify(index));
  if (body.byteLength <= itemBytes) return { body };
  const { key, parts } = await spill(chunks, customer, body);
  return { spilledTo: key, spilledParts: parts };
}

function read(body: Uint8Array): ChargeIndex {
  return JSON.parse(unsqueeze(body)) as ChargeIndex;
}
