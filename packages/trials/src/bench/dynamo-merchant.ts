import { startDynamo } from "@farthing/local";
import { dynamoJournal } from "@farthing/metering/dynamo";
import { createTestTables, sdkDocuments, testClient } from "@farthing/metering/dynamo-test-tables";

/** A DynamoDB Local in memory for one bench, which counts the capacity units and requests that it is asked for. */
export async function countedDynamo() {
  const dynamo = await startDynamo({ inMemory: true });
  const store = await countedStore(dynamo.endpoint, "bench");
  return { ...store, endpoint: dynamo.endpoint, stop: () => dynamo.stop() };
}

/** Tables of its own in a DynamoDB Local, and what is consumed of them. */
export async function countedStore(endpoint: string, prefix: string) {
  const client = testClient(endpoint);
  const tables = await createTestTables(client, prefix);
  const counted = { units: 0, writeUnits: 0, readUnits: 0, requests: 0 };
  client.middlewareStack.add(
    (next, { commandName = "" }) =>
      async (args) => {
        Object.assign(args.input, { ReturnConsumedCapacity: "TOTAL" });
        // A condition that does not hold costs the write of the item all the same, and its answer does not say how much.
        const result = await next(args);
        const output = result.output as { readonly ConsumedCapacity?: Capacity | readonly Capacity[] };
        const reported = [output.ConsumedCapacity ?? []].flat().reduce((sum, one) => sum + (one.CapacityUnits ?? 0), 0);
        // An item of a transaction costs two writes on AWS ("Capacity management for transactions"); DynamoDB Local says four.
        const consumed = commandName.startsWith("TransactWrite") ? reported / 2 : reported;
        counted.units += consumed;
        counted[/^(?:Get|BatchGet|Query)/.test(commandName) ? "readUnits" : "writeUnits"] += consumed;
        counted.requests += 1;
        return result;
      },
    { step: "initialize", name: "countCapacity" },
  );
  const documents = sdkDocuments(client);
  const table = (name: keyof typeof tables) => ({ table: tables[name], client: documents });
  return { counted, table, journal: dynamoJournal(table("journal")) };
}

interface Capacity {
  readonly CapacityUnits?: number;
}
