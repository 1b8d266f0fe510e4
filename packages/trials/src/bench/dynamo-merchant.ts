import { startDynamo } from "@farthing/local";
import { dynamoJournal } from "@farthing/metering/dynamo";
import { createTestTables, documentClient, testClient } from "@farthing/metering/dynamo-test-tables";
import { watchedClient } from "../support/watched-client.ts";

/** A DynamoDB Local in memory for one bench, which counts the capacity units and requests that it is asked for. */
export async function countedDynamo() {
  const dynamo = await startDynamo({ inMemory: true });
  const store = await countedStore(dynamo.endpoint, "bench");
  return { ...store, endpoint: dynamo.endpoint, stop: () => dynamo.stop() };
}

/** Tables of its own in a DynamoDB Local, with the client that the product has, and what is consumed of them. */
export async function countedStore(endpoint: string, prefix: string) {
  const client = testClient(endpoint);
  const tables = await createTestTables(client, prefix);
  const counted = { units: 0, writeUnits: 0, readUnits: 0, requests: 0 };
  const counting = watchedClient(documentClient(client), async (command, go) => {
    Object.assign(command.input, { ReturnConsumedCapacity: "TOTAL" });
    // A condition that does not hold costs the write of the item all the same, and its answer does not say how much.
    const answer: Consumed = Object(await go());
    const reported = [answer.ConsumedCapacity ?? []].flat().reduce((sum, one) => sum + (one.CapacityUnits ?? 0), 0);
    const { name } = command.constructor;
    // An item of a transaction costs two writes on AWS ("Capacity management for transactions"); DynamoDB Local says four.
    const consumed = name.startsWith("TransactWrite") ? reported / 2 : reported;
    counted.units += consumed;
    counted[/^(?:Get|BatchGet|Query)/.test(name) ? "readUnits" : "writeUnits"] += consumed;
    counted.requests += 1;
    return answer;
  });
  const table = (name: keyof typeof tables) => ({ table: tables[name], client: counting });
  return { counted, table, journal: dynamoJournal(table("journal")) };
}

interface Consumed {
  readonly ConsumedCapacity?: Capacity | readonly Capacity[];
}

interface Capacity {
  readonly CapacityUnits?: number;
}
