import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import * as v from "valibot";
import type { Chunks } from "../spill.ts";
import type { CustomerRef } from "../statement.ts";
import { Bytes } from "./bytes.ts";
import type { DynamoTable } from "./table.ts";

const ChunkItem = v.object({ v: v.literal(1), b: Bytes });

/**
 * Chunks of large statements in the Log table, each key a partition of its own, so that no log grows hot or past 10 GB.
 *
 * | reads and writes | key                          |
 * | ---------------- | ---------------------------- |
 * | put, read        | `c#merchant#customer#key`, n |
 *
 * A chunk is put without a condition: under a key made of its content the same again changes nothing.
 */
export function chunkStore({ client, table }: DynamoTable): Chunks {
  return {
    async putChunk(customer, key, index, blob) {
      const Item = { ...keyOf(customer, key, index), v: 1, b: blob };
      await client.send(new PutCommand({ TableName: table, Item }));
    },
    async chunk(customer, key, index) {
      const Key = keyOf(customer, key, index);
      const { Item } = await client.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
      if (Item === undefined) throw new Error(`chunk ${index} of ${key} is missing`);
      return v.parse(ChunkItem, Item).b;
    },
  };
}

function keyOf({ merchant, customer }: CustomerRef, key: string, index: number) {
  return { pk: `c#${merchant}#${customer}#${key}`, sk: String(index).padStart(6, "0") };
}
