import { GetCommand, PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as v from "valibot";
import type { BundleDigest } from "../codec/bundle.ts";
import type { BundlePage, Journal, StoredBundle } from "../journal.ts";
import type { ShardHour } from "../shard.ts";
import { Bytes } from "./bytes.ts";
import { type DynamoTable, took } from "./table.ts";

/** How bundles are read and written. */
export interface BundleStoreOptions {
  /** How many bundles a page may have at most; left out, a page is what one query answers, some 1 MB. */
  readonly bundlesPerPage?: number;
}

/**
 * Bundles in the Journal table, one item each.
 *
 * | reads and writes          | key                                        |
 * | ------------------------- | ------------------------------------------ |
 * | create once, read one     | `b#merchant#shard#hour`, digest            |
 * | read an hour page by page | `b#merchant#shard#hour`, digest from       |
 *
 * Written without ElectroDB: an entity repeats its composites and its own name in each item (some 100 bytes more, which
 * 50 customers in a batch of 500 events cannot spare) and costs half as much client time again as the put itself.
 */
export function bundleStore(
  { client, table }: DynamoTable,
  { bundlesPerPage }: BundleStoreOptions = {},
): Pick<Journal, "putBundle" | "bundles" | "bundle"> {
  return {
    async putBundle(at, bundle) {
      const Item = { pk: partitionOf(at), ...itemOf(bundle) };
      const ConditionExpression = "attribute_not_exists(pk)";
      await took(client.send(new PutCommand({ TableName: table, Item, ConditionExpression })));
    },
    async bundles(at, after = " ") {
      const found = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: "pk = :pk and sk > :after",
          ExpressionAttributeValues: { ":pk": partitionOf(at), ":after": after },
          ConsistentRead: true,
          ...(bundlesPerPage === undefined ? {} : { Limit: bundlesPerPage }),
        }),
      );
      return pageOf(found.Items ?? [], found.LastEvaluatedKey !== undefined);
    },
    async bundle(at, digest) {
      const Key = { pk: partitionOf(at), sk: digest };
      const { Item } = await client.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
      return Item === undefined ? undefined : v.parse(BundleItem, Item);
    },
  };
}

/** Short names, since an item is billed by the size of its names as well; `v` is the version of this layout. */
export const BundleItem = v.pipe(
  v.object({
    v: v.literal(1),
    sk: v.string(),
    b: Bytes,
    r: v.number(),
    e: v.number(),
    o: v.optional(v.number(), 0),
  }),
  v.transform(
    ({ sk, b, r, e, o }): StoredBundle => ({
      digest: sk as BundleDigest,
      blob: b,
      receivedAt: r,
      events: e,
      voids: o,
    }),
  ),
);

/** The attributes of a bundle, its digest the sort key. */
export function itemOf({ digest, blob, receivedAt, events, voids }: StoredBundle) {
  return { v: 1, sk: digest, b: blob, r: receivedAt, e: events, ...(voids === 0 ? {} : { o: voids }) };
}

function partitionOf({ merchant, shard, hour }: ShardHour): string {
  return `b#${merchant}#${shard}#${hour}`;
}

function pageOf(items: readonly unknown[], more: boolean): BundlePage {
  const bundles = items.map((item) => v.parse(BundleItem, item));
  const last = bundles.at(-1);
  return more && last !== undefined ? { bundles, next: last.digest } : { bundles };
}
