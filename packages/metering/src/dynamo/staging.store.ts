import { DeleteCommand, PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as v from "valibot";
import type { BackfillRef, StagedBundle, Staging } from "../backfill.ts";
import type { Hour } from "../hour.ts";
import { BundleItem, itemOf } from "./bundle.store.ts";
import { type DynamoTable, took } from "./table.ts";

/**
 * Staged bundles in the Journal table, one item each, apart from the hours that they are meant for.
 *
 * | reads and writes           | key                                                |
 * | -------------------------- | -------------------------------------------------- |
 * | create once, take out      | `s#merchant#name#shard`, hour + digest             |
 * | read a shard page by page  | `s#merchant#name#shard`, hour + digest from        |
 */
export function dynamoStaging({ client, table }: DynamoTable): Staging {
  return {
    async stageBundle(of, { shard, hour }, bundle) {
      const Item = { ...itemOf(bundle), ...keyOf(of, { shard, hour, digest: bundle.digest }) };
      await took(
        client.send(new PutCommand({ TableName: table, Item, ConditionExpression: "attribute_not_exists(pk)" })),
      );
    },
    async stagedBundles(of, shard, { after = " ", limit } = {}) {
      const found = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: "pk = :pk and sk > :after",
          ExpressionAttributeValues: { ":pk": partitionOf(of, shard), ":after": after },
          ConsistentRead: true,
          ...(limit === undefined ? {} : { Limit: limit }),
        }),
      );
      const items = found.Items ?? [];
      const last = items.at(-1);
      const bundles = items.map(stagedOf);
      return found.LastEvaluatedKey === undefined || last === undefined
        ? { bundles }
        : { bundles, next: String(last.sk) };
    },
    async unstageBundle(of, { shard, hour }, digest) {
      await client.send(new DeleteCommand({ TableName: table, Key: keyOf(of, { shard, hour, digest }) }));
    },
  };
}

const SortKey = v.pipe(v.string(), v.regex(/^\d{7}#./));

function stagedOf(item: Readonly<Record<string, unknown>>): StagedBundle {
  const sk = v.parse(SortKey, item.sk);
  const hour = Number(sk.slice(0, 7)) as Hour;
  return { hour, bundle: v.parse(BundleItem, { ...item, sk: sk.slice(8) }) };
}

function partitionOf({ merchant, name }: BackfillRef, shard: number): string {
  return `s#${merchant}#${name}#${shard}`;
}

function keyOf(of: BackfillRef, { shard, hour, digest }: { shard: number; hour: Hour; digest: string }) {
  return { pk: partitionOf(of, shard), sk: `${String(hour).padStart(7, "0")}#${digest}` };
}
