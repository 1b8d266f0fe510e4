import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, inject } from "vitest";
import { plansContract } from "../plans.contract.ts";
import { textsContract } from "../versioned-text.contract.ts";
import { dynamoPlans } from "./plans.store.ts";
import { dynamoTexts } from "./texts.store.ts";

const base = new DynamoDBClient({
  endpoint: inject("dynamoEndpoint"),
  region: "us-east-1",
  credentials: { accessKeyId: "local", secretAccessKey: "local" },
});
const client = DynamoDBDocumentClient.from(base, { marshallOptions: { removeUndefinedValues: true } });
const table = `pricing-contract-${process.pid}-${Date.now()}`;

beforeAll(async () => {
  await base.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [
        { AttributeName: "pk", AttributeType: "S" },
        { AttributeName: "sk", AttributeType: "S" },
      ],
      KeySchema: [
        { AttributeName: "pk", KeyType: "HASH" },
        { AttributeName: "sk", KeyType: "RANGE" },
      ],
    }),
  );
});
afterAll(() => base.destroy());

const plans = dynamoPlans({ table, client });
plansContract("in DynamoDB", () => plans);
textsContract("in DynamoDB", () => dynamoTexts({ table, client }));
