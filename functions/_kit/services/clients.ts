import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SQSClient } from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { straightClient } from "@farthing/metering/dynamo";
import { env } from "./env.ts";
import { lazy } from "./lazy.ts";

/** The one document client: two over one base client would share the options of the last. */
const documents = lazy(() =>
  straightClient(
    DynamoDBDocumentClient.from(new DynamoDBClient({ maxAttempts: 5 }), {
      marshallOptions: {
        removeUndefinedValues: true,
        convertEmptyValues: false,
        convertClassInstanceToMap: false,
        // Exact numbers are stored as text: one that a double does not hold is a mistake of ours.
        allowImpreciseNumbers: false,
      },
      unmarshallOptions: { wrapNumbers: false },
    }),
  ),
);

/** The one queue client. */
export const queues = lazy(() => new SQSClient({ maxAttempts: 5 }));

/** What a store needs to work on one of the tables. */
export function table(name: "JOURNAL" | "LOG" | "REGISTRY") {
  return { table: env(`FARTHING_${name}_TABLE`), client: documents() };
}
