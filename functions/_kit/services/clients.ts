import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SQSClient } from "@aws-sdk/client-sqs";
import { documentClient } from "@farthing/metering/dynamo";
import { env } from "./env.ts";
import { lazy } from "./lazy.ts";

const documents = lazy(() => documentClient(new DynamoDBClient({ maxAttempts: 5 })));

/** The one queue client. */
export const queues = lazy(() => new SQSClient({ maxAttempts: 5 }));

/** What a store needs to work on one of the tables. */
export function table(name: "JOURNAL" | "LOG" | "REGISTRY") {
  return { table: env(`FARTHING_${name}_TABLE`), client: documents() };
}
