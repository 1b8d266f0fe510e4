import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { straightClient } from "./straight/client.ts";

/** The document client of all stores: one over a client, since a second would change the options of the first. */
export function documentClient(client: DynamoDBClient): DynamoDBDocumentClient {
  return straightClient(sdkDocuments(client));
}

/** The same with the SDK's own way of sending. */
export function sdkDocuments(client: DynamoDBClient): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(client, {
    marshallOptions: {
      removeUndefinedValues: true,
      convertEmptyValues: false,
      convertClassInstanceToMap: false,
      // Exact numbers are stored as text: one that a double does not hold is a mistake of ours.
      allowImpreciseNumbers: false,
    },
    unmarshallOptions: { wrapNumbers: false },
  });
}
