import { createTestTables, testClient, testDocuments } from "@farthing/metering/dynamo-test-tables";

/** How often each partition key was written, by table and key. */
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

/** Tables of its own in a DynamoDB Local, whose client counts every item that it is asked to write by its partition key. */
export async function tablesThatCountWrites(endpoint: string, prefix: string) {
  const client = testClient(endpoint);
  const tables = await createTestTables(client, prefix);
  const documents = testDocuments(client);
  const writes = new Map<string, number>();
  documents.middlewareStack.add(
    (next, { commandName = "" }) =>
      (args) => {
        for (const key of writtenBy(commandName, args.input as Request)) writes.set(key, (writes.get(key) ?? 0) + 1);
        return next(args);
      },
    // Before values are marshalled: a key is plain text still.
    { step: "initialize", name: "countWrites", priority: "high" },
  );
  const table = (name: keyof typeof tables) => ({ table: tables[name], client: documents });
  return { table, tables, writes: writes as WritesByKey, stop: () => client.destroy() };
}

/** The keys of the items that a command writes, each as often as it does. */
function writtenBy(command: string, request: Request): readonly string[] {
  if (/^(Put|Update|Delete)/.test(command)) return [keyOf(request.TableName, request)];
  const { TransactItems = [], RequestItems = {} } = request;
  if (command.startsWith("TransactWrite"))
    return TransactItems.flatMap((item) => Object.values(item).map((write) => keyOf(write.TableName, write)));
  if (!command.startsWith("BatchWrite")) return [];
  return Object.entries(RequestItems).flatMap(([name, items]) =>
    items.map(({ PutRequest = {} }) => keyOf(name, PutRequest)),
  );
}

function keyOf(table: string | undefined, { Item, Key }: Written): string {
  const { pk } = Item ?? Key ?? {};
  if (typeof pk !== "string") throw new Error(`a write of ${table} without a key that is text`);
  return `${table} ${pk}`;
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
