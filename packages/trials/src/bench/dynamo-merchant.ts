import { startDynamo } from "@farthing/local";
import { dynamoJournal } from "@farthing/metering/dynamo";
import { createTestTables, testClient, testDocuments } from "@farthing/metering/dynamo-test-tables";

/** A DynamoDB Local in memory for one bench, which counts the capacity units and requests that it is asked for. */
export async function countedDynamo() {
  const dynamo = await startDynamo({ inMemory: true });
  const client = testClient(dynamo.endpoint);
  const tables = await createTestTables(client, "bench");
  const counted = { units: 0, requests: 0 };
  client.middlewareStack.add(
    (next) => async (args) => {
      Object.assign(args.input, { ReturnConsumedCapacity: "TOTAL" });
      const result = await next(args);
      const output = result.output as { readonly ConsumedCapacity?: Capacity | readonly Capacity[] };
      for (const capacity of [output.ConsumedCapacity ?? []].flat()) counted.units += capacity.CapacityUnits ?? 0;
      counted.requests += 1;
      return result;
    },
    { step: "initialize", name: "countCapacity" },
  );
  const documents = testDocuments(client);
  const table = (name: keyof typeof tables) => ({ table: tables[name], client: documents });
  return { counted, table, journal: dynamoJournal(table("journal")), stop: () => dynamo.stop() };
}

interface Capacity {
  readonly CapacityUnits?: number;
}
