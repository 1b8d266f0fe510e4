import { GetCommand, PutCommand, paginateQuery, QueryCommand, type QueryCommandInput } from "@aws-sdk/lib-dynamodb";
import * as v from "valibot";
import { inParallel } from "../in-parallel.ts";
import type { Chunks } from "../spill.ts";
import type { CustomerRef, Statement, StatementLog } from "../statement.ts";
import { chunkStore } from "./chunk.store.ts";
import { decodeHeader, encodeHeader, entryKey, hourKey, logPartition, voidsPartition } from "./statement-item.ts";
import { type DynamoTable, took } from "./table.ts";
import { readTally, storeTally } from "./tally-item.ts";

/**
 * Customers' logs in the Log table, an item a statement.
 *
 * | reads and writes            | index  | key                                       |
 * | --------------------------- | ------ | ----------------------------------------- |
 * | append the next, once       | table  | `l#merchant#customer`, number             |
 * | the last number, from a number on | table  | `l#merchant#customer`, number from  |
 * | entries of hours            | byHour | `l#merchant#customer`, hour number from to |
 * | note an entry with voids, find them all | table  | `v#merchant#customer`, number |
 *
 * Written without ElectroDB for the same reasons as bundles: a statement should stay within one write unit.
 * An append writes one item; a tally that does not fit is stored in chunks before it, which may be done again. So is the note
 * of an entry with voids; where the append then fails, the note names another entry or none, and readers pass it over.
 */
export function dynamoStatementLog(log: DynamoTable): StatementLog {
  const chunks = chunkStore(log);
  const entries = async (customer: CustomerRef, query: Partial<QueryCommandInput>): Promise<readonly Statement[]> => {
    const items = await itemsOf(log, query);
    return await Promise.all(items.map((item) => decode(chunks, customer, item)));
  };
  return {
    ...chunks,
    async append(customer, statement) {
      if (statement.counts.voids > 0) await noteVoids(log, customer, statement.number);
      const Item = { ...encodeHeader(customer, statement), ...(await storeTally(chunks, customer, statement.tally)) };
      const ConditionExpression = "attribute_not_exists(pk)";
      const put = log.client.send(new PutCommand({ TableName: log.table, Item, ConditionExpression }));
      return (await took(put)) ? "appended" : "taken";
    },
    async lastNumber(customer) {
      const last = { ...allOf(customer), ScanIndexForward: false, Limit: 1, ProjectionExpression: "sk" };
      const { Items = [] } = await log.client.send(new QueryCommand({ ...strongQuery(log), ...last }));
      return Items[0] === undefined ? 0 : Number(v.parse(KeyItem, Items[0]).sk);
    },
    entriesFrom: (customer, number) =>
      entries(customer, {
        KeyConditionExpression: "pk = :pk and sk >= :from",
        ExpressionAttributeValues: { ":pk": logPartition(customer), ":from": entryKey(number) },
      }),
    async entriesOfHours(customer, from, to) {
      if (from >= to) return [];
      return await entries(customer, {
        IndexName: "byHour",
        // Every sort key is longer than its hour alone, so that all of hour `to` lie behind the upper bound.
        KeyConditionExpression: "pk = :pk and lsi1sk between :from and :to",
        ExpressionAttributeValues: { ":pk": logPartition(customer), ":from": hourKey(from), ":to": hourKey(to) },
      });
    },
    async entriesWithVoids(customer) {
      const items = new Map<string, unknown>();
      const noted = await notedVoids(log, customer);
      await inParallel(entriesAtOnce, noted, async (sk) => {
        items.set(sk, await entryItem(log, customer, sk));
      });
      const found = noted.map((sk) => items.get(sk)).filter((item) => item !== undefined);
      const all = await Promise.all(found.map((item) => decode(chunks, customer, item)));
      return all.filter(({ counts }) => counts.voids > 0);
    },
  };
}

const entriesAtOnce = 16;
const KeyItem = v.object({ sk: v.string() });

async function noteVoids({ client, table }: DynamoTable, customer: CustomerRef, number: number): Promise<void> {
  const Item = { pk: voidsPartition(customer), sk: entryKey(number) };
  await client.send(new PutCommand({ TableName: table, Item }));
}

/** The sort keys of all entries that were noted to have voids, in order. */
async function notedVoids(log: DynamoTable, customer: CustomerRef): Promise<readonly string[]> {
  const items = await itemsOf(log, {
    KeyConditionExpression: "pk = :pk",
    ExpressionAttributeValues: { ":pk": voidsPartition(customer) },
  });
  return items.map((item) => v.parse(KeyItem, item).sk);
}

async function entryItem({ client, table }: DynamoTable, customer: CustomerRef, sk: string): Promise<unknown> {
  const Key = { pk: logPartition(customer), sk };
  return (await client.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }))).Item;
}

function strongQuery({ table }: DynamoTable) {
  return { TableName: table, ConsistentRead: true };
}

function allOf(customer: CustomerRef) {
  return { KeyConditionExpression: "pk = :pk", ExpressionAttributeValues: { ":pk": logPartition(customer) } };
}

async function itemsOf(log: DynamoTable, query: Partial<QueryCommandInput>): Promise<readonly unknown[]> {
  const items: unknown[] = [];
  for await (const page of paginateQuery({ client: log.client }, { ...strongQuery(log), ...query })) {
    items.push(...(page.Items ?? []));
  }
  return items;
}

async function decode(chunks: Chunks, customer: CustomerRef, item: unknown): Promise<Statement> {
  return { ...decodeHeader(item), tally: await readTally(chunks, customer, item) };
}
