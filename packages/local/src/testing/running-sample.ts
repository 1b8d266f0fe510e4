import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient, GetItemCommand, ScanCommand } from "@aws-sdk/client-dynamodb";
import { ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { localCredentials } from "../run/environment.ts";
import { localRegion } from "../template/world.ts";

/** Looks from outside at what a running sample left in its stores. */
export interface Observer {
  /** The keys of the results table. */
  results(): Promise<string[]>;
  has(table: string, pk: string, sk: string): Promise<boolean>;
  /** The bodies of the messages that wait in a queue, which are then invisible for a while. */
  messages(queueUrl: string): Promise<string[]>;
}

/** An empty folder of its own. */
export async function freshFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), "farthing-local-"));
}

/** Observes a sample through the same clients that a function would use. */
export function observe(dynamoEndpoint: string, resultsTable: string): Observer {
  const common = { region: localRegion, credentials: localCredentials };
  const dynamo = new DynamoDBClient({ ...common, endpoint: dynamoEndpoint });
  return {
    async results() {
      const { Items } = await dynamo.send(new ScanCommand({ TableName: resultsTable, ConsistentRead: true }));
      return (Items ?? []).map(({ pk }) => pk?.S ?? "").toSorted();
    },
    async has(table, pk, sk) {
      const Key = { pk: { S: pk }, sk: { S: sk } };
      return (
        (await dynamo.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }))).Item !== undefined
      );
    },
    async messages(queueUrl) {
      const sqs = new SQSClient({ ...common, endpoint: new URL(queueUrl).origin });
      const command = new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 });
      const { Messages } = await sqs.send(command);
      return (Messages ?? []).map(({ Body }) => Body ?? "");
    },
  };
}

/** Waits until a condition holds. Errors: throws what was waited for when it does not come in time. */
export async function until(what: string, condition: () => Promise<boolean>, withinMs = 20_000): Promise<void> {
  const end = Date.now() + withinMs;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
