import { createTestTables, documentClient, testClient } from "@farthing/metering/dynamo-test-tables";
import { watchedClient } from "../support/watched-client.ts";

/** How often each partition key was written, by table or index and key. */
export type WritesByKey = ReadonlyMap<string, number>;

interface Written {
  readonly Item?: Readonly<Record<string, unknown>>;
  readonly Key?: Readonly<Record<string, unknown>>;
  readonly TableName?: string;
}

interface Request extends Written {
  readonly TransactItems?: readonly Readonly<Record<string, Written>>[];
  readonly RequestItems?: Readonly<Record<string, readonly { readonly PutRequest?: Written }[]>>;
}

/**
 * Tables of its own in a DynamoDB Local, whose client counts its requests, and every item that it is asked to write by its
 * partition key in the table and in each index.
 */
export async function tablesThatCountWrites(endpoint: string, prefix: string) {
  const client = testClient(endpoint);
  const tables = await createTestTables(client, prefix);
  const writes = new Map<string, number>();
  let requests = 0;
  const documents = watchedClient(documentClient(client), (command, go) => {
    requests += 1;
    for (const key of writtenBy(command.constructor.name, command.input as Request))
      writes.set(key, (writes.get(key) ?? 0) + 1);
    return go();
  });
  const table = (name: keyof typeof tables) => ({ table: tables[name], client: documents });
  return { table, writes: writes as WritesByKey, requests: () => requests, stop: () => client.destroy() };
}

/** The keys of the items that a command writes, each as often as it does. */
function writtenBy(command: string, request: Request): readonly string[] {
  if (/^(Put|Update|Delete)/.test(command)) return keysOf(request.TableName, request);
  const { TransactItems = [], RequestItems = {} } = request;
  if (command.startsWith("TransactWrite"))
    return TransactItems.flatMap((item) => Object.values(item).flatMap((write) => keysOf(write.TableName, write)));
  if (!command.startsWith("BatchWrite")) return [];
  return Object.entries(RequestItems).flatMap(([name, items]) =>
    items.flatMap(({ PutRequest = {} }) => keysOf(name, PutRequest)),
  );
}

/** The table's key, and that of each index the item is in. */
function keysOf(table: string | undefined, { Item, Key }: Written): readonly string[] {
  const item = Item ?? Key ?? {};
  if (typeof item.pk !== "string") throw new Error(`a write of ${table} without a key that is text`);
  // A prefix of the test's own comes before the table's name.
  const name = table?.slice(table.lastIndexOf("-") + 1);
  const indexed = Object.entries(item).flatMap(([field, key]) => {
    const [, index] = /^(gsi\d+)pk$/.exec(field) ?? [];
    return index === undefined ? [] : [`${name}.${index} ${String(key)}`];
  });
  return [`${name} ${item.pk}`, ...indexed];
}

/** The most writes that met on one key, of those that are asked about, with all of them. */
export function busiest(writes: WritesByKey, isAsked: (key: string) => boolean) {
  let [key, most, all, keys] = ["", 0, 0, 0];
  for (const [name, count] of writes) {
    if (!isAsked(name)) continue;
    [all, keys] = [all + count, keys + 1];
    if (count > most) [key, most] = [name, count];
  }
  return { key, most, all, keys };
}

/** The busiest key of each table and index, the busiest first. */
export function busiestOfEach(writes: WritesByKey) {
  const places = new Set([...writes.keys()].map(placeOf));
  return [...places].map((place) => busiest(writes, (key) => placeOf(key) === place)).sort((a, b) => b.most - a.most);
}

function placeOf(key: string): string {
  return key.slice(0, key.indexOf(" "));
}
