import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, inject } from "vitest";
import { accessContract } from "../access.contract.ts";
import { receiptsContract } from "../receipts.contract.ts";
import { webhooksContract } from "../webhooks.contract.ts";
import { dynamoAccess } from "./access.store.ts";
import { dynamoWebhooks } from "./webhooks.store.ts";

const base = new DynamoDBClient({
  endpoint: inject("dynamoEndpoint"),
  region: "us-east-1",
  credentials: { accessKeyId: "local", secretAccessKey: "local" },
});
const client = DynamoDBDocumentClient.from(base, { marshallOptions: { removeUndefinedValues: true } });
const table = `access-contract-${process.pid}-${Date.now()}`;

beforeAll(async () => {
  await base.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: ["pk", "sk", "gsi1pk", "gsi1sk"].map((AttributeName) => ({
        AttributeName,
        AttributeType: "S" as const,
      })),
      KeySchema: [
        { AttributeName: "pk", KeyType: "HASH" },
        { AttributeName: "sk", KeyType: "RANGE" },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: "gsi1",
          KeySchema: [
            { AttributeName: "gsi1pk", KeyType: "HASH" },
            { AttributeName: "gsi1sk", KeyType: "RANGE" },
          ],
          Projection: { ProjectionType: "ALL" },
        },
      ],
    }),
  );
});
afterAll(() => base.destroy());

const stores = dynamoAccess({ table, client });
accessContract("in DynamoDB", () => stores);
receiptsContract("in DynamoDB", () => stores);

const webhooks = dynamoWebhooks({ table, client });
webhooksContract("in DynamoDB", () => webhooks);
