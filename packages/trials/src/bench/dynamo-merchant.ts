import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { startDynamo } from "@farthing/local";
import { dynamoJournal } from "@farthing/metering/dynamo";
import { createTestTables, testClient, testDocuments } from "@farthing/metering/dynamo-test-tables";

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
  const documents = testDocuments(client);
  async function send(command: Command, ...how: readonly unknown[]): Promise<unknown> {
    Object.assign(command.input, { ReturnConsumedCapacity: "TOTAL" });
    // A condition that does not hold costs the write of the item all the same, and its answer does not say how much.
    const answer: Consumed = await Reflect.apply(documents.send, documents, [command, ...how]);
    const reported = [answer.ConsumedCapacity ?? []].flat().reduce((sum, one) => sum + (one.CapacityUnits ?? 0), 0);
    const { name } = command.constructor;
    // An item of a transaction costs two writes on AWS ("Capacity management for transactions"); DynamoDB Local says four.
    const consumed = name.startsWith("TransactWrite") ? reported / 2 : reported;
    counted.units += consumed;
    counted[/^(?:Get|BatchGet|Query)/.test(name) ? "readUnits" : "writeUnits"] += consumed;
    counted.requests += 1;
    return answer;
  }
  const counting: DynamoDBDocumentClient = Object.create(documents, { send: { value: send } });
  const table = (name: keyof typeof tables) => ({ table: tables[name], client: counting });
  return { counted, table, journal: dynamoJournal(table("journal")) };
}

type Command = Parameters<DynamoDBDocumentClient["send"]>[0];

interface Consumed {
  readonly ConsumedCapacity?: Capacity | readonly Capacity[];
}

interface Capacity {
  readonly CapacityUnits?: number;
}
