import type { Settlements } from "../settlement.ts";
import { chunkRecordEntity } from "./chunk-record.entity.ts";
import { rolledShardEntity } from "./rolled-shard.entity.ts";
import { settlementChunkEntity } from "./settlement-chunk.entity.ts";
import { decodeTotals, encodeTotals, joinIds, splitIds } from "./settlement-item.ts";
import { type DynamoTable, plainly, strongly, stronglyAll, took } from "./table.ts";

type Parts = "noteShardRolled" | "shardsRolled" | "putChunk" | "chunk" | "recordChunk" | "chunkRecords";

/** The shards and chunks of settlements over the Registry table. Chunks and their records are created once and stay. */
export function settlementParts(registry: DynamoTable): Pick<Settlements, Parts> {
  const shards = rolledShardEntity(registry);
  const chunks = settlementChunkEntity(registry);
  const records = chunkRecordEntity(registry);
  return {
    async noteShardRolled(merchant, settlement, shard) {
      await shards.put({ merchant, settlement, shard }).go(plainly);
    },
    async shardsRolled(merchant, settlement) {
      const { data } = await shards.query.primary({ merchant, settlement }).go(stronglyAll);
      return data.map(({ shard }) => shard);
    },
    async putChunk(merchant, settlement, chunk, customers) {
      await took(chunks.create({ merchant, settlement, chunk, customers: joinIds(customers) }).go(plainly));
    },
    async chunk(merchant, settlement, chunk) {
      const { data } = await chunks.get({ merchant, settlement, chunk }).go(strongly);
      return data === null ? undefined : splitIds(data.customers);
    },
    async recordChunk(merchant, settlement, { chunk, customers, invoices, totals }) {
      const record = { merchant, settlement, chunk, customers, invoices, totals: encodeTotals(totals) };
      await took(records.create(record).go(plainly));
    },
    async chunkRecords(merchant, settlement) {
      const { data } = await records.query.primary({ merchant, settlement }).go(stronglyAll);
      return data.map(({ chunk, customers, invoices, totals }) => {
        return { chunk, customers, invoices, totals: decodeTotals(totals) };
      });
    },
  };
}
